package io.porchlight.replies;

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

/** The whole application with a provider of texts and a mail server, while the cluster is away. */
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
            "porchlight.consent.last-letter=20s",
            "porchlight.notifications.first-retry=200ms",
            "porchlight.texts.provider=twilio",
            "porchlight.texts.senders.bottega=+15005550006",
            "porchlight.texts.senders.atelier=+15005550007",
            "porchlight.texts.answer-timeout=2s",
            "porchlight.texts.connect-timeout=2s",
            "porchlight.texts.twilio.account-sid=AC123",
            "porchlight.texts.twilio.auth-tokens=token-of-today,token-of-yesterday",
            "porchlight.texts.http.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "spring.datasource.url=jdbc:h2:mem:texts;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
        })
@ContextConfiguration(initializers = Gateways.class)
@Import({Shop.class, Conversation.class})
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface WithTexts {}
