package io.porchlight.texts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How text messages leave.
 *
 * @param provider who sends them
 * @param senders brand id to the number, name or (Twilio) messaging service that its texts come from
 * @param mostSegments a longer text is a mistake, and an expensive one
 * @param connections how many texts are handed over at once
 * @param connectTimeout to reach the provider
 * @param answerTimeout for the provider's answer
 */
@Validated
@ConfigurationProperties("porchlight.texts")
public record TextSettings(
        @DefaultValue("none") @NotNull Provider provider,
        @DefaultValue Map<String, @NotBlank String> senders,
        @DefaultValue("3") @Min(1) @Max(10) int mostSegments,
        @DefaultValue("4") @Min(1) @Max(64) int connections,
        @DefaultValue("10s") @NotNull Duration connectTimeout,
        @DefaultValue("30s") @NotNull Duration answerTimeout,
        @DefaultValue @Valid Account twilio,
        @DefaultValue @Valid Endpoint http) {

    /** Who sends the texts. */
    public enum Provider {
        NONE,
        TWILIO,
        HTTP,
        LOCAL
    }

    /**
     * An account at Twilio.
     *
     * @param authTokens the first is the one we sign in with; requests signed by any of them are believed
     */
    public record Account(
            @Nullable String accountSid,
            @DefaultValue List<@NotBlank String> authTokens,
            @DefaultValue("https://api.twilio.com") @NotNull URI api) {}

    /**
     * A provider of one's own.
     *
     * @param url where texts are posted
     * @param secrets as Standard Webhooks has them, {@code whsec_…}; the first signs, requests signed by any are believed
     */
    public record Endpoint(@Nullable URI url, @DefaultValue List<@NotBlank String> secrets) {}

    @AssertTrue(message = "needs porchlight.texts.twilio.account-sid and porchlight.texts.twilio.auth-tokens")
    boolean isProviderTwilio() {
        return provider != Provider.TWILIO
                || twilio.accountSid() != null && !twilio.authTokens().isEmpty();
    }

    @AssertTrue(message = "needs porchlight.texts.http.url and porchlight.texts.http.secrets")
    boolean isProviderHttp() {
        return provider != Provider.HTTP
                || http.url() != null && !http.secrets().isEmpty();
    }

    /** What a brand's texts come from; on the local phone every brand has a number. */
    public Optional<String> sender(String brand) {
        return Optional.ofNullable(senders.get(brand))
                .or(() -> provider == Provider.LOCAL ? Optional.of(brand) : Optional.empty());
    }

    /** The brands whose texts come from there. */
    public List<String> brandsOf(String sender) {
        return senders.entrySet().stream()
                .filter(entry -> entry.getValue().equals(sender))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
