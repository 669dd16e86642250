package io.porchlight.tracking;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.porchlight.Porchlight;
import io.porchlight.engine.ClusterAway;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ContextConfiguration;

/** The whole application with a mail server, at a time that a test sets. No engine runs: what it would say is put in by hand. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClusterAway
@SpringBootTest(
        classes = Porchlight.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.secret=a-secret-of-this-test",
            "porchlight.brands.bottega.api-keys=" + Shop.KEY + "bottega",
            "porchlight.brands.atelier.api-keys=" + Shop.KEY + "atelier",
            "porchlight.public-url=https://shoes.example",
            "porchlight.tracking.heartbeat=1s",
            "porchlight.tracking.photo-hosts=photos.example",
            "porchlight.lost-links.per-address=50",
            "porchlight.lost-links.per-order=2",
            "spring.datasource.url=jdbc:h2:mem:tracking;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
@Import(WithCustomers.Time.class)
@ContextConfiguration(initializers = WithCustomers.Post.class)
@interface WithCustomers {

    /** When Bob orders. */
    @TestConfiguration(proxyBeanMethods = false)
    class Time {

        static final Instant PLACED = Instant.parse("2026-11-21T10:00:00Z");

        @Bean
        @Primary
        StoryClock storyClock() {
            return new StoryClock(PLACED);
        }
    }

    /** The customers' mail server. */
    class Post implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

        static {
            SERVER.start();
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "spring.mail.host=127.0.0.1",
                            "spring.mail.port=" + SERVER.getSmtp().getPort())
                    .applyTo(context);
        }
    }
}
