package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Without a secret nobody can be believed, so nobody is. */
@OverHttp
class TextsWithoutSecretTest {

    @Autowired
    Sender sender;

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "http"})
    void areNotHeard(String provider) {
        var answer = sender.post("/webhooks/texts/" + provider, "Body=STOP");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("porchlight.texts." + provider);
    }

    @Test
    void areNotThereAtAllFromAnybodyElse() {
        assertThat(sender.post("/webhooks/texts/local", "Body=STOP").status()).isEqualTo(404);
    }
}
