package io.porchlight.journeys;

import io.porchlight.Porchlight;
import io.porchlight.processtest.InJvmRuntime;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Implemented by {@code @CamundaSpringProcessTest} classes that run journeys: the whole application between HTTP, a real engine and a real mail server. */
@ExtendWith(EveryPath.class)
@SpringBootTest(
        classes = {Porchlight.class, Stage.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.engine.mode=remote",
            "porchlight.secret=the key of these tests",
            "porchlight.brands.bottega.api-keys=" + Stage.API_KEY,
            "porchlight.public-url=https://porch.example",
            "spring.datasource.url=jdbc:h2:mem:journeys;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                    + "DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
        })
interface JourneyTest extends InJvmRuntime {

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", Stage::mailPort);
    }
}
