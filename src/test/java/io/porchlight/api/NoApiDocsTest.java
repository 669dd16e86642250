package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;
import org.springframework.test.context.TestPropertySource;

/** Who does not want the API's description to be read does not show it. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:nodocs;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
            "porchlight.docs.enabled=false"
        })
class NoApiDocsTest {

    private final Sender sender;

    NoApiDocsTest(Sender sender) {
        this.sender = sender;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/docs", "/api/docs/openapi.json", "/api/swagger-ui/index.html", "/v3/api-docs"})
    void isNotThere(String path) {
        assertThat(sender.get(path).status()).isEqualTo(404);
    }

    @Test
    void takesOrdersAllTheSame() {
        assertThat(sender.places(Sender.order("without-docs")).status()).isEqualTo(202);
    }
}
