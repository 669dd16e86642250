package io.porchlight.bounces;

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

/** The whole application with a real mail host and a real bounce mailbox, while the cluster is away. */
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
            "porchlight.brands.atelier.api-keys=key-of-atelier",
            "porchlight.public-url=https://shoes.example",
            "porchlight.consent.marketing-per-day=100",
            "porchlight.consent.marketing-per-week=100",
            "porchlight.notifications.bounces.header=X-PM-Metadata-porchlight",
            "porchlight.bounces.ses.secrets=old-secret,ses-secret",
            "porchlight.bounces.postmark.secrets=postmark-secret",
            "porchlight.bounces.mailgun.secrets=mailgun-key",
            "spring.datasource.url=jdbc:h2:mem:returns;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        })
@ContextConfiguration(initializers = PostalWorld.class)
@Import({Shop.class, Sales.class})
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface WithReturns {}
