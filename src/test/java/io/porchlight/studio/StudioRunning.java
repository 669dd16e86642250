package io.porchlight.studio;

import io.porchlight.Porchlight;
import io.porchlight.engine.ClusterAway;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole application with one user, {@code anna}, whose password is {@code a good secret}; no engine, no mail server. */
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
            "porchlight.public-url=http://localhost:8080",
            "porchlight.studio.users.anna.password=" + StudioRunning.HASH,
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=1",
            "spring.datasource.url=jdbc:h2:mem:studio;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
@interface StudioRunning {

    String PASSWORD = "a good secret";
    String HASH = "{bcrypt}$2b$04$/bZU.1jyQ8axmNm5mZa0Ierb6pPR2uAwMXw2UhRdkSmoB3vkMR9he";
}
