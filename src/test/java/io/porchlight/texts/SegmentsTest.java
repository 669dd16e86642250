package io.porchlight.texts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How many messages a text becomes (3GPP TS 23.038 and 23.040). */
class SegmentsTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("one letter", "a", true, 1),
                Arguments.of("160 fill one", "a".repeat(160), true, 1),
                Arguments.of("161 need two", "a".repeat(161), true, 2),
                Arguments.of("two hold 306", "a".repeat(306), true, 2),
                Arguments.of("307 need three", "a".repeat(307), true, 3),
                Arguments.of("accents of the alphabet count one", "è".repeat(160), true, 1),
                Arguments.of("a euro counts two", "€".repeat(80), true, 1),
                Arguments.of("81 euros need two", "€".repeat(81), true, 2),
                Arguments.of("braces count two", "a".repeat(159) + "{", true, 2),
                Arguments.of("all that count two", "^{}[]~|\\€".repeat(8) + "a".repeat(16), true, 1),
                Arguments.of("a euro is not cut in two", "a".repeat(152) + "€" + "a".repeat(152), true, 3),
                Arguments.of("a line break is in the alphabet", "a\nb\r", true, 1),
                Arguments.of("70 of the others fill one", "я".repeat(70), false, 1),
                Arguments.of("71 need two", "я".repeat(71), false, 2),
                Arguments.of("two hold 134", "я".repeat(134), false, 2),
                Arguments.of("135 need three", "я".repeat(135), false, 3),
                Arguments.of("one strange letter makes all dear", "a".repeat(70) + "ç", false, 2),
                Arguments.of("an emoji counts two", "👞".repeat(35), false, 1),
                Arguments.of("an emoji is not cut in two", "a".repeat(66) + "👞" + "a".repeat(66), false, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void counts(String why, String text, boolean gsm, int count) {
        assertThat(Segments.of(text)).as(why).isEqualTo(new Segments(gsm, count));
    }

    @Test
    void typesettersQuotesDoNotMakeATextDear() {
        assertThat(Segments.plain("L’ordine “1001” – è partito… ")).isEqualTo("L'ordine \"1001\" - è partito... ");
        assertThat(Segments.of(Segments.plain("’".repeat(160)))).isEqualTo(new Segments(true, 1));
    }

    @Test
    void aTextThatIsDearAnywayKeepsItsQuotes() {
        assertThat(Segments.plain("“Привет”")).isEqualTo("“Привет”");
    }
}
