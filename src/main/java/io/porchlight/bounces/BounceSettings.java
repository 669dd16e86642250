package io.porchlight.bounces;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where we hear of letters that came back.
 *
 * @param imap the mailbox that reports are sent to; absent when there is none
 * @param ses secrets that Amazon's calls carry; without any they are not heard
 * @param postmark the same for Postmark
 * @param mailgun the keys that Mailgun signs its calls with
 */
@Validated
@ConfigurationProperties("porchlight.bounces")
record BounceSettings(
        @Valid @Nullable Imap imap,
        @DefaultValue @Valid Source ses,
        @DefaultValue @Valid Source postmark,
        @DefaultValue @Valid Source mailgun) {

    /**
     * A mailbox.
     *
     * @param port 993, or 143 without encryption, when absent
     * @param folder where reports lie
     * @param handled where those about our letters are moved to
     * @param poll how often we look
     */
    record Imap(
            @NotBlank String host,
            @Nullable @Min(1) @Max(65_535) Integer port,
            @NotBlank String user,
            @NotBlank String password,
            @DefaultValue("INBOX") @NotBlank String folder,
            @DefaultValue("Handled") @NotBlank String handled,
            @DefaultValue("true") boolean ssl,
            @DefaultValue("30s") @NotNull Duration poll) {}

    /** Several secrets are good at once, so that they can be changed without a gap. */
    record Source(@DefaultValue List<@NotBlank String> secrets) {}

    List<String> secrets(String source) {
        return Map.of("ses", ses, "postmark", postmark, "mailgun", mailgun)
                .getOrDefault(source, new Source(List.of()))
                .secrets();
    }
}
