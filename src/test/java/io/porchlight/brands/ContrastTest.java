package io.porchlight.brands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.porchlight.brands.Brand.Colours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastTest {

    private static final String FILE = "templates/brands/bottega.yaml";
    private static final Colours BOTTEGA =
            new Colours("#2B211C", "#FBF8F3", "#7A2E26", "#FFFFFF", "#6A5D54", "#DCD2C6");

    @Test
    void acceptsColoursThatCanBeRead() {
        assertThatCode(() -> Contrast.check(FILE, BOTTEGA)).doesNotThrowAnyException();
    }

    @Test
    void refusesTextThatCannotBeReadAndNamesFileAndColours() {
        var pale = new Colours("#2B211C", "#FBF8F3", "#7A2E26", "#FFFFFF", "#B0A79F", "#DCD2C6");

        assertThatThrownBy(() -> Contrast.check(FILE, pale))
                .hasMessage("templates/brands/bottega.yaml: muted #B0A79F on paper #FBF8F3 has a contrast of 2.2:1,"
                        + " and customers need 4.5:1 to read it; make one of the two darker or lighter");
    }

    @Test
    void neverTellsAContrastThatIsJustTooLowAsEnough() {
        // 4.48:1 on white.
        var grey = new Colours("#777777", "#FFFFFF", "#000000", "#FFFFFF", "#000000", "#DDDDDD");

        assertThatThrownBy(() -> Contrast.check(FILE, grey)).hasMessageContaining("has a contrast of 4.4:1");
    }

    @Test
    void measuresAsTheGuidelinesDo() {
        assertThat(Colour.parse("#000000").contrast(Colour.parse("#ffffff"))).isCloseTo(21, within(0.001));
        assertThat(Colour.parse("#767676").contrast(Colour.parse("#FFFFFF"))).isCloseTo(4.54, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({
        "#2B211C, #FBF8F3, #7A2E26, #FFFFFF, #6A5D54",
        "#000000, #FFFFFF, #0000EE, #FFFFFF, #767676",
        "#595959, #FFFFFF, #8A1C7C, #FFFFFF, #6B6B6B",
        "#F5F5F5, #101418, #7CC4FF, #101418, #A0A8B0"
    })
    void isAsReadableByNightAsByDay(String ink, String paper, String accent, String onAccent, String muted) {
        var day = new Colours(ink, paper, accent, onAccent, muted, "#888888");

        assertThatCode(() -> Contrast.check("by night", day.dark())).doesNotThrowAnyException();
        assertThat(Colour.parse(day.dark().paper())
                        .darkerThan(Colour.parse(day.dark().ink())))
                .isTrue();
    }
}
