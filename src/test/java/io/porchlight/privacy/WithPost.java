package io.porchlight.privacy;

import io.porchlight.Aside;
import io.porchlight.Porchlight;
import io.porchlight.engine.ClusterAway;
import io.porchlight.orders.Shop;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The whole application with a real mail server, while the cluster is away: the test plans what journeys would plan. */
@Aside
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClusterAway
@SpringBootTest(
        classes = Porchlight.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.secret=only-for-tests",
            "porchlight.story.enabled=false",
            "porchlight.brands.bottega.api-keys=key-of-bottega",
            "porchlight.public-url=https://shoes.example",
            "porchlight.consent.marketing-per-day=100",
            "porchlight.consent.marketing-per-week=100",
            "porchlight.consent.last-letter=20s",
            "spring.datasource.url=jdbc:h2:mem:post;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        })
@ContextConfiguration(initializers = MailServer.class)
@Import({Shop.class, Correspondence.class})
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface WithPost {}
