package io.porchlight.webhooks;

import io.porchlight.Aside;
import io.porchlight.Porchlight;
import io.porchlight.engine.ClusterAway;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/**
 * The whole application, while neither the engine nor the mail server can be reached. The brand {@code bottega} has two
 * secrets for every source; {@code atelier} has none.
 */
@Aside
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@TestConstructor(autowireMode = AutowireMode.ALL)
@ClusterAway
@SpringBootTest(
        classes = Porchlight.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.secret=only-for-tests",
            "porchlight.story.enabled=false",
            "porchlight.brands.bottega.api-keys=key-of-bottega",
            "porchlight.brands.atelier.api-keys=key-of-atelier",
            "porchlight.webhooks.shopify.bottega.secrets=old-secret,new-secret",
            "porchlight.webhooks.woocommerce.bottega.secrets=old-secret,new-secret",
            "porchlight.webhooks.easypost.bottega.secrets=old-secret,ﬁne-secret",
            "porchlight.webhooks.aftership.bottega.secrets=old-secret,new-secret",
            "porchlight.webhooks.standard.bottega.secrets=whsec_b2xkIHNlY3JldCBvZiBib3R0ZWdh,whsec_bmV3IHNlY3JldCBvZiBib3R0ZWdh",
            "porchlight.webhooks.cloudevents.bottega.secrets=old-token,new-token",
            "porchlight.webhooks.poison.bottega.secrets=new-secret",
            "porchlight.public-url=https://shoes.example/",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=1",
            "spring.datasource.url=jdbc:h2:mem:webhooks-${random.uuid};MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
@Import({Vendors.class, Poison.class})
@interface WithWebhooks {}
