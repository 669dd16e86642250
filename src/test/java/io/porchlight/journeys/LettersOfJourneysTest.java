package io.porchlight.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.porchlight.brands.Brand;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.notifications.LetterTrial;
import io.porchlight.orders.Order;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conventions of letters: whatever a model names can be written to everybody. */
class LettersOfJourneysTest {

    /** One letter as one customer would get it. */
    record Case(Brand brand, Locale language, JourneyModel model, Step step) {
        @Override
        public String toString() {
            return brand.id() + " " + language + " " + model.processId() + " " + step.id();
        }
    }

    private final LetterTrial trial = new LetterTrial();

    static Stream<Case> letters() throws IOException {
        return brands().flatMap(brand -> brand.languages().stream()
                .flatMap(language -> JourneyFiles.models()
                        .flatMap(model -> model.steps().stream()
                                .filter(step -> step.ways().contains("email"))
                                .map(step -> new Case(brand, language, model, step)))));
    }

    static Stream<Brand> brands() throws IOException {
        return JourneyFiles.list("templates/brands", ".yaml").stream().map(file -> {
            try {
                return LetterTrial.brand(JourneyFiles.name(file, ".yaml"));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("letters")
    void writesEveryLetterWithEverythingThatIsKnown(Case letter) {
        var details = JsonNodeFactory.instance
                .objectNode()
                .put("note", "The oxblood came out ${deep} and [[even]] <b>")
                .put("carrier", "DHL")
                .put("trackingNumber", "JD0146")
                .put("trackingUrl", "https://www.dhl.com/track?id=JD0146");

        var page = trial.write(letter.brand(), letter.model(), letter.step(), full(letter.language(), 200), details);

        assertThat(page.subject()).isNotBlank();
        assertThat(page.html()).contains("https://porch.example/t/token", "lang=\"" + letter.language() + "\"");
        assertThat(page.text()).contains("https://porch.example/t/token");
        assertThat(page.html().getBytes(UTF_8)).as("Gmail clips at 102 kB").hasSizeLessThan(90_000);
        assertThat(page.html()).doesNotContain(" th:", "data-th-", "<b>", "<script");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void writesEveryLetterWithNothingButTheOrder(Case letter) {
        var page = trial.write(letter.brand(), letter.model(), letter.step(), bare(letter.language()), null);

        assertThat(page.subject()).isNotBlank().doesNotContain("{0}");
        assertThat(page.html()).doesNotContain("{0}").doesNotContainPattern("\\bnull\\b");
        assertThat(page.text()).doesNotContain("{0}").doesNotContainPattern("\\bnull\\b");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void printsWhatStrangersWriteAndNeverEvaluatesIt(Case letter) {
        String strange = "${order.id} __[[${order.id}]]__ #{sign-off} <script>alert('1')</script>";
        var details = JsonNodeFactory.instance.objectNode().put("note", strange).put("carrier", strange);

        var page =
                trial.write(letter.brand(), letter.model(), letter.step(), named(letter.language(), strange), details);

        assertThat(page.html()).contains("${order.id} __[[${order.id}]]__ #{sign-off} &lt;script&gt;");
        assertThat(page.html()).doesNotContain("<script");
        assertThat(page.text()).contains("${order.id}");
    }

    @ParameterizedTest
    @MethodSource("letters")
    void hasEveryLetterInHtmlAndTextAndEveryLanguage(Case letter) {
        String base = "templates/email/" + letter.step().template();

        assertThat(Path.of(base + ".html")).exists();
        assertThat(Path.of(base + ".txt")).exists();
        assertThat(Path.of(base + ".properties")).exists();
        if (!letter.language().getLanguage().equals("en")) {
            assertThat(Path.of(base + "_" + letter.language() + ".properties")).exists();
        }
    }

    static List<Path> translations() throws IOException {
        try (var files = Files.walk(Path.of("templates"))) {
            return files.filter(file -> file.toString().matches(".*_[a-z]{2}\\.properties"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void saysTheSameWordsInEveryLanguage(Path translated) throws IOException {
        var own = Path.of(translated.toString().replaceAll("_[a-z]{2}\\.properties$", ".properties"));

        assertThat(words(translated).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(words(own).stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void writesApostrophesAsPeopleDo(Path translated) throws IOException {
        var own = Path.of(translated.toString().replaceAll("_[a-z]{2}\\.properties$", ".properties"));
        for (var file : List.of(own, translated)) {
            assertThat(words(file).values())
                    .as("%s: a straight apostrophe vanishes", file)
                    .noneMatch(word -> word.toString().contains("'"));
        }
    }

    private static Properties words(Path file) throws IOException {
        var words = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            words.load(reader);
        }
        return words;
    }

    static Order full(Locale language, int lines) {
        return new Order(
                "bottega",
                "1001",
                Instant.parse("2026-11-21T10:00:00Z"),
                new Order.Customer(
                        "c-77", "Bob Rossi", "bob@example.com", null, language.toLanguageTag(), "Europe/Rome", null),
                IntStream.range(0, lines)
                        .mapToObj(i -> new Order.Line("sku-" + i, "Derby shoes, oxblood, " + i, 1, null))
                        .toList(),
                new Order.Promise(LocalDate.parse("2026-12-28"), LocalDate.parse("2027-01-04")),
                "IT",
                new Order.Value(new BigDecimal("420.50"), "EUR"));
    }

    private static Order bare(Locale language) {
        return new Order(
                "bottega",
                "1001",
                Instant.parse("2026-11-21T10:00:00Z"),
                new Order.Customer("c-77", null, "bob@example.com", null, language.toLanguageTag(), null, null),
                List.of(new Order.Line("derby", "Derby", 1, null)),
                null,
                null,
                null);
    }

    private static Order named(Locale language, String name) {
        return new Order(
                "bottega",
                "1001",
                Instant.parse("2026-11-21T10:00:00Z"),
                new Order.Customer("c-77", name, "bob@example.com", null, language.toLanguageTag(), null, null),
                List.of(new Order.Line("derby", name, 1, null)),
                null,
                null,
                null);
    }
}
