package io.porchlight.brands;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the customer knows a shop by, as written in {@code templates/brands/<id>.yaml}.
 *
 * @param sender the From header of every letter: a name and an address
 * @param replyTo where an answer reaches a person
 * @param timeZone the zone of a customer who named none
 * @param languages the languages its letters are written in; the first is the fallback
 * @param voice what it says in its own way, by language: words of the letters' layout and of the page; absent when nothing
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
        @NotNull @Valid QuietHours quietHours,
        @NotNull @Valid Colours colours,
        @NotNull @Valid Fonts fonts,
        @Nullable Map<String, Map<String, String>> voice) {

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

        /** The same brand by night: light on dark, each text as readable as by day. A dark brand stays as it is. */
        public Colours dark() {
            var day = Colour.parse(paper);
            var night = Colour.parse(ink).mixed(Colour.BLACK, 0.45);
            if (day.darkerThan(Colour.parse(ink))) {
                return this;
            }
            var text = day.mixed(night, 0.1);
            var colour = Colour.parse(accent);
            return new Colours(
                    text.toString(),
                    night.toString(),
                    colour.readableOn(night, colour.vivid())
                            .readableOn(night, day)
                            .toString(),
                    night.toString(),
                    text.mixed(night, 0.35).readableOn(night, day).toString(),
                    night.mixed(text, 0.2).toString());
        }
    }

    /** Font stacks as CSS. */
    public record Fonts(
            @NotBlank @Pattern(regexp = STACK, message = NO_STACK)
            String heading,

            @NotBlank @Pattern(regexp = STACK, message = NO_STACK)
            String body) {
        private static final String STACK = "[\\p{L}\\p{N} ,'_-]*";
        private static final String NO_STACK = "must be names of fonts with commas between them";
    }

    /** The words that it says in its own way in a language. */
    public Map<String, String> voiceIn(Locale language) {
        return voice == null ? Map.of() : voice.getOrDefault(language.getLanguage(), Map.of());
    }

    /** The language of this brand that fits a customer best. */
    public Locale languageFor(Locale wanted) {
        return languages.stream()
                .filter(language -> language.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(languages.getFirst());
    }
}
