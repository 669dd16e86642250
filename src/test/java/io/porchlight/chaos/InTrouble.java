package io.porchlight.chaos;

import io.porchlight.Porchlight;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** The whole application with a real engine, all of whose lines can break; it is as patient as a test has time for. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        classes = Porchlight.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.engine.mode=remote",
            "porchlight.secret=" + Rows.SECRET,
            "porchlight.story.enabled=false",
            "porchlight.brands.bottega.api-keys=" + Customers.KEY,
            "porchlight.notifications.connect-timeout=500ms",
            "porchlight.notifications.command-timeout=500ms",
            "porchlight.notifications.accept-timeout=700ms",
            "porchlight.notifications.lease=5s",
            "porchlight.consent.marketing-per-day=10000",
            "porchlight.consent.marketing-per-week=10000",
            "porchlight.journeys.in-doubt=2s",
            "camunda.client.request-timeout=2s",
            "camunda.client.worker.defaults.timeout=3s",
            "spring.datasource.hikari.connection-timeout=1000",
            "spring.datasource.hikari.validation-timeout=500"
        })
@Import(Customers.class)
@TestConstructor(autowireMode = AutowireMode.ALL)
@interface InTrouble {}
