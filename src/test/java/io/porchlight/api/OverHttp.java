package io.porchlight.api;

import io.porchlight.Porchlight;
import io.porchlight.engine.ClusterAway;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * The whole application as a cluster's operator would run it, while neither the cluster nor the mail server can be reached.
 * Two brands are served: {@code bottega} and {@code atelier}, each with a key of its name.
 */
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
            "porchlight.brands.bottega.api-keys=key-of-bottega,second-key-of-bottega",
            "porchlight.brands.atelier.api-keys=key-of-atelier",
            "porchlight.public-url=https://shoes.example/",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=1",
            "spring.datasource.url=jdbc:h2:mem:intake;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            // Tests have none by themselves.
            "management.prometheus.metrics.export.enabled=true"
        })
@Import(Sender.class)
@interface OverHttp {}
