package io.porchlight.notifications;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where letters come back to, and what it leads to.
 *
 * @param address the mailbox that bounces go to; each letter gets an address of its own below it, such as
 *     {@code bounce+<token>@mail.example} for {@code bounce@mail.example}; without it, {@code bounce} at the brand's domain
 * @param header a further header that carries the letter's Message-ID, for providers that replace it: with Postmark
 *     {@code X-PM-Metadata-porchlight}
 * @param hold how long a brand's letters wait after a mail server refused one of them by policy
 * @param softLimit how many letters to a customer may come back softly before nothing more goes to the address
 * @param softWindow the time within which these are counted
 */
@Validated
@ConfigurationProperties("porchlight.notifications.bounces")
record ReturnSettings(
        @Nullable
        @Pattern(regexp = "[A-Za-z0-9._-]+@[A-Za-z0-9.-]+", message = "must be an address, such as bounce@mail.example")
        String address,

        @Nullable
        @Pattern(regexp = "X-[A-Za-z0-9-]{1,60}", message = "must be the name of a header that begins with X-")
        String header,

        @DefaultValue("1h") @NotNull Duration hold,
        @DefaultValue("5") @Min(1) int softLimit,
        @DefaultValue("30d") @NotNull Duration softWindow) {

    private static final String DEFAULT_NAME = "bounce";
    private static final int LONGEST_NAME = 15;

    /** RFC 5321, 4.5.3.1.1: no more than 64 characters before the at-sign, and a token takes 49. */
    @AssertTrue(message = "must have at most " + LONGEST_NAME + " characters before the at-sign")
    boolean isAddress() {
        return address == null || address.indexOf('@') <= LONGEST_NAME;
    }

    String mailbox(String brandDomain, String token) {
        int at = address == null ? -1 : address.indexOf('@');
        String name = address == null ? DEFAULT_NAME : address.substring(0, at);
        String domain = address == null ? brandDomain : address.substring(at + 1);
        return name + "+" + token + "@" + domain;
    }
}
