package io.porchlight.brands;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What the customer knows a shop by, as written in {@code templates/brands/<id>.yaml}.
 *
 * @param sender the From header of every letter: a name and an address
 * @param replyTo where an answer reaches a person
 * @param timeZone the zone of a customer who named none
 * @param languages the languages its letters are written in; the first is the fallback
 */
public record Brand(
        @NotBlank String id,
        @NotBlank String name,
        @NotBlank String tagline,
        @NotNull URI homepage,
        @NotBlank String sender,
        @NotBlank String replyTo,
        @NotBlank String address,
        @NotNull ZoneId timeZone,
        @NotEmpty List<Locale> languages,
        @NotNull QuietHours quietHours,
        @NotNull Colours colours,
        @NotNull Fonts fonts) {

    /** The hours in which nobody is disturbed; may span midnight. */
    public record QuietHours(
            @NotNull LocalTime from, @NotNull LocalTime to) {}

    /** Colours as {@code #rrggbb}. */
    public record Colours(
            @NotNull @Pattern(regexp = HEX) String ink,
            @NotNull @Pattern(regexp = HEX) String paper,
            @NotNull @Pattern(regexp = HEX) String accent,
            @NotNull @Pattern(regexp = HEX) String onAccent,
            @NotNull @Pattern(regexp = HEX) String muted,
            @NotNull @Pattern(regexp = HEX) String line) {
        private static final String HEX = "#[0-9a-fA-F]{6}";
    }

    /** Font stacks as CSS. */
    public record Fonts(@NotBlank String heading, @NotBlank String body) {}

    /** The language of this brand that fits a customer best. */
    public Locale languageFor(Locale wanted) {
        return languages.stream()
                .filter(language -> language.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(languages.getFirst());
    }
}
