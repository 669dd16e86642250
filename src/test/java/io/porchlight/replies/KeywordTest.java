package io.porchlight.replies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that end texts, however a thumb writes them. */
class KeywordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP", "stop", " Stop. ", "STOP!!!", "\"stop\"", "\nstop\t", "STOPALL", "stop all", "Unsubscribe", "cancel",
                "END", "quit", "Revoke", "opt out", "OPT-OUT", "stop🛑"
            })
    void endsTexts(String text) {
        assertThat(Keyword.in(text)).isEqualTo(Keyword.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start.", " unstop "})
    void resumesTexts(String text) {
        assertThat(Keyword.in(text)).isEqualTo(Keyword.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "HELP", "Thank you!", "please cancel my order", "ending", "1", "don't stop", "🛑"})
    void isNothingToUs(String text) {
        assertThat(Keyword.in(text)).isEqualTo(Keyword.NONE);
    }
}
