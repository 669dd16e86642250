package io.porchlight.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.brands.Brand;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.notifications.LetterTrial;
import io.porchlight.orders.Order;
import io.porchlight.texts.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conventions of text messages: whatever a model names can be sent to everybody, and what is written fits. */
class TextsOfJourneysTest {

    private static final Path FOLDER = Path.of("templates/sms");
    private static final String FILE = "templates/sms/%s.txt";

    /** One text as one customer would get it. */
    record Case(Brand brand, Locale language, JourneyModel model, Step step) {
        @Override
        public String toString() {
            return brand.id() + " " + language + " " + step.template();
        }
    }

    private final LetterTrial trial = new LetterTrial();

    @Test
    void everyTextThatAModelNamesIsWrittenInEveryLanguage() throws IOException {
        var languages = LettersOfJourneysTest.brands()
                .flatMap(brand -> brand.languages().stream())
                .map(Locale::getLanguage)
                .distinct()
                .toList();
        var named = JourneyFiles.models()
                .flatMap(model -> model.steps().stream())
                .filter(step -> step.ways().contains("sms"))
                .map(Step::template);
        var names = Stream.concat(named, written().stream()).distinct().toList();

        assertThat(names).isNotEmpty().allSatisfy(name -> {
            assertThat(Path.of(FILE.formatted(name))).exists();
            assertThat(languages)
                    .allSatisfy(language -> assertThat(FOLDER.resolve(
                                    name + (language.equals("en") ? "" : "_" + language) + ".properties"))
                            .exists());
        });
    }

    /** A journey that texts at all texts of what everybody waits for. */
    @Test
    void bothJourneysHaveTextsForTheParcel() throws IOException {
        assertThat(written())
                .contains(
                        "italian-shoes/shipped", "italian-shoes/delivered", "standard/shipped", "standard/delivered");
    }

    static Stream<Case> texts() throws IOException {
        var written = written();
        return LettersOfJourneysTest.brands().flatMap(brand -> brand.languages().stream()
                .flatMap(language -> JourneyFiles.models().flatMap(model -> model.steps().stream()
                        .filter(step -> written.contains(step.template()))
                        .map(step -> new Case(brand, language, model, step)))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysWhoWritesAndWhereToLookInTwoMessagesAtMost(Case text) {
        String said = Segments.plain(trial.text(text.brand(), text.model(), text.step(), order(text.language(), null)));

        assertThat(said)
                .startsWith(text.brand().name() + ": ")
                .contains("https://porch.example/t/token", "STOP")
                .doesNotContain("{0}", "\n");
        assertThat(Segments.of(said).gsm()).as(said).isTrue();
        assertThat(Segments.of(said).count()).as(said).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void printsWhatStrangersWriteAndNeverEvaluatesIt(Case text) {
        String said = trial.text(text.brand(), text.model(), text.step(), order(text.language(), "${order.id} [[x]]"));

        assertThat(said).startsWith(text.brand().name()).doesNotContain("1001 [[x]]");
    }

    private static List<String> written() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.map(FOLDER::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".txt"))
                    .map(file -> file.replace(".txt", ""))
                    .toList();
        }
    }

    private static Order order(Locale language, @org.jspecify.annotations.Nullable String name) {
        return new Order(
                "bottega",
                "1001",
                Instant.parse("2026-11-21T10:00:00Z"),
                new Order.Customer("c-77", name, null, "+393471234567", language.toLanguageTag(), null, null),
                List.of(new Order.Line("derby", "Derby", 1, null)),
                null,
                null,
                null);
    }
}
