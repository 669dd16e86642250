package io.porchlight.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.brands.Brands;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** What is written about a subscriber is checked at the start, and a mistake is told by its name. */
class SubscribersTest {

    private static final List<String> GOOD = List.of(
            "brand=bottega",
            "url=https://erp.example/hooks?shop=1",
            "secret=" + Announcing.SECRET,
            "events=notification.sent,silence.alarm");

    @ComponentScan("io.porchlight.brands")
    @ConfigurationPropertiesScan({"io.porchlight.brands", "io.porchlight.subscribers"})
    @ImportAutoConfiguration(ValidationAutoConfiguration.class)
    @Import(Subscribers.class)
    static class Parts {

        @Bean
        ObjectMapper json() {
            return new ObjectMapper().findAndRegisterModules();
        }
    }

    @Test
    void takesAWholeSubscriber() {
        var subscriber = started("remote", "erp", GOOD).getFirst();

        assertThat(subscriber.brand()).isEqualTo("bottega");
        assertThat(subscriber.url()).hasToString("https://erp.example/hooks?shop=1");
        assertThat(subscriber.signers()).hasSize(1);
        assertThat(subscriber.wants("bottega", EventType.SILENCE_ALARM)).isTrue();
        assertThat(subscriber.wants("bottega", EventType.JOURNEY_COMPLETED)).isFalse();
        assertThat(subscriber.wants("atelier", EventType.SILENCE_ALARM)).isFalse();
    }

    @Test
    void startsWithoutAnySubscriber() {
        assertThat(started("remote", "erp", List.of())).isEmpty();
    }

    @Test
    void signsWithBothSecretsWhileOneReplacesTheOther() {
        var both = with("secret=" + Announcing.SECRET + ",whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

        assertThat(started("remote", "erp", both).getFirst().signers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9000/hooks", "http://127.0.0.1/hooks", "http://[::1]:9000/hooks"})
    void allowsPlainHttpOnADevelopersMachineOnly(String url) {
        assertThat(started("local", "erp", with("url=" + url))).hasSize(1);
        assertThatThrownBy(() -> started("remote", "erp", with("url=" + url)))
                .hasStackTraceContaining("porchlight.subscribers.erp.url must be an https address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "brand=nobody|brand must name a brand",
                "brand=|brand must name a brand",
                "url=http://erp.example/|url must be an https address",
                "url=ftp://erp.example/|url must be an https address",
                "url=/hooks|url must be an https address",
                "url=|url must be an https address",
                "url=https://|url must be an https address",
                "url=https://erp example/|url must be an https address",
                "url=https://me:word@erp.example/|url must hold neither a password",
                "url=https://erp.example/#there|url must hold neither a password",
                "secret=|secret must be whsec_",
                "secret=hello|secret must be whsec_",
                "secret=whsec_c2hvcnQ=|secret must be whsec_",
                "secret=MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|secret must be whsec_",
                "events=|events must be some of [notification.sent",
                "events=notification.sent,order.placed|events must be some of [notification.sent"
            })
    void namesWhatIsWrong(String mistake, String told) {
        assertThatThrownBy(() -> started("local", "erp", with(mistake)))
                .hasStackTraceContaining("porchlight.subscribers.erp." + told)
                .satisfies(broken -> assertThat(broken.toString()).doesNotContain("MfKQ9r8GKYqr", "word"));
    }

    @Test
    void wantsANameThatAUrlCanHold() {
        assertThatThrownBy(() -> started("local", "ERP", GOOD))
                .hasStackTraceContaining("porchlight.subscribers.ERP needs another name");
    }

    /** The good one with one line changed. */
    private static List<String> with(String change) {
        String property = change.substring(0, change.indexOf('=') + 1);
        var lines = new ArrayList<String>();
        GOOD.forEach(line -> lines.add(line.startsWith(property) ? change : line));
        return lines;
    }

    private static List<Subscriber> started(String mode, String name, List<String> lines) {
        var arguments = new ArrayList<String>();
        arguments.add("--porchlight.engine.mode=" + mode);
        arguments.add("--porchlight.secret=only-for-tests");
        arguments.add("--porchlight.brands.bottega.api-keys=key-of-bottega");
        lines.forEach(line -> arguments.add("--porchlight.subscribers." + name + "." + line));
        try (var context = new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments.toArray(String[]::new))) {
            assertThat(context.getBean(Brands.class).find("bottega")).isPresent();
            return context.getBean(Subscribers.class).all();
        }
    }
}
