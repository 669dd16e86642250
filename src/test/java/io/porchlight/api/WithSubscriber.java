package io.porchlight.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.context.TestPropertySource;

/** The whole application, with a subscriber {@code erp} of {@code bottega} whose address leads back to this machine. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@OverHttp
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:docs;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "porchlight.subscribers.erp.brand=bottega",
            "porchlight.subscribers.erp.url=https://localhost:1/hooks?key=hidden",
            "porchlight.subscribers.erp.secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "porchlight.subscribers.erp.events=notification.sent,customer.unsubscribed"
        })
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface WithSubscriber {}
