package io.porchlight.brands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;

/** A logo becomes part of a page, so it may only draw. */
class LogoTest {

    @Test
    void readsTheLogoOfTheExampleBrand() throws IOException {
        assertThat(Logo.read("bottega.svg", new ClassPathResource("templates/brands/bottega.svg")))
                .startsWith("<svg")
                .contains("currentColor");
    }

    @Test
    void isEmptyForABrandWithoutOne() throws IOException {
        assertThat(Logo.read("none.svg", new ClassPathResource("templates/brands/none.svg")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg><script>alert(1)</script></svg>",
                "<svg onload=\"alert(1)\"></svg>",
                "<svg><a href=\"https://evil.example\"><path/></a></svg>",
                "<svg><image href=\"https://evil.example/x.png\"/></svg>",
                "<svg><foreignObject><p/></foreignObject></svg>",
                "<svg style=\"position:fixed\"></svg>",
                "<svg><path fill=\"url(https://evil.example)\"/></svg>",
                "<?xml version=\"1.0\"?><svg></svg>",
                "<p>no drawing</p>"
            })
    void refusesWhatDoesMoreThanDraw(String drawing) {
        assertThatThrownBy(() -> Logo.read("x.svg", new ByteArrayResource(drawing.getBytes(UTF_8))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("x.svg");
    }
}
