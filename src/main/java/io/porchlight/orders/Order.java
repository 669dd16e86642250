package io.porchlight.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a shop sold to one customer, as the shop reported it.
 *
 * @param orderId the shop's id; text, because shops' ids pass 2^53
 * @param placedAt when the customer paid
 * @param promise the days within which the customer was told to expect it; absent when nothing was said
 * @param country where it is shipped to, ISO 3166-1 alpha-2; absent when unknown
 * @param value what was paid; absent when unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(
        @NotBlank @Size(max = 50) String brand,
        @Identifier String orderId,
        @NotNull Instant placedAt,
        @NotNull @Valid Customer customer,
        @NotEmpty @Size(max = 1000) List<@NotNull @Valid Line> lines,
        @Valid @Nullable Promise promise,

        @Pattern(regexp = "[A-Z]{2}", message = "must be two capital letters, such as IT") @Nullable
        String country,

        @Valid @Nullable Value value) {

    /**
     * The person who waits.
     *
     * @param locale a BCP 47 language tag
     * @param timeZone an IANA zone, such as {@code Europe/Rome}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Customer(
            @Identifier String id,
            @Size(max = 500) @Nullable String name,
            @MailAddress @Nullable String email,
            @Size(max = 100) @Nullable String phone,
            @Nullable String locale,
            @Nullable String timeZone,
            @Valid @Nullable Consent consent) {

        @AssertTrue(message = "must be an IANA time zone, such as Europe/Rome")
        boolean isTimeZone() {
            return timeZone == null || ZoneId.getAvailableZoneIds().contains(timeZone);
        }

        @AssertTrue(message = "must be a language tag, such as en-US")
        boolean isLocale() {
            return locale == null
                    || !Locale.forLanguageTag(locale.replace('_', '-'))
                            .getLanguage()
                            .isEmpty();
        }

        /** The customer's language, if they have one. */
        public Optional<Locale> language() {
            return Optional.ofNullable(locale).map(tag -> Locale.forLanguageTag(tag.replace('_', '-')));
        }

        /** The customer's zone, if it is known. */
        public Optional<ZoneId> zone() {
            return Optional.ofNullable(timeZone).map(ZoneId::of);
        }
    }

    /** What the customer agreed to; what is not said is not agreed. */
    public record Consent(boolean marketing, boolean sms) {}

    /** One line of the order. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            @NotBlank @Size(max = 200) String sku,
            @NotBlank @Size(max = 500) String name,
            @Min(1) @Max(1_000_000) int quantity,
            @Size(max = 100) @Nullable List<@NotBlank @Size(max = 100) String> tags) {

        /** The tags, never absent. */
        public List<String> allTags() {
            return tags == null ? List.of() : tags;
        }
    }

    /** A window of days, both included. */
    public record Promise(@NotNull LocalDate from, @NotNull LocalDate to) {

        @AssertTrue(message = "must not lie before promise.from")
        boolean isTo() {
            return from == null || to == null || !to.isBefore(from);
        }
    }

    /** A sum of money. */
    public record Value(
            @NotNull @DecimalMin("0") BigDecimal amount,
            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}

    /** The key of this order's journey. */
    public JourneyKey journeyKey() {
        return new JourneyKey(brand, orderId);
    }
}
