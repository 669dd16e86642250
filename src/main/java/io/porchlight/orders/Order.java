package io.porchlight.orders;

import static jakarta.validation.constraints.Pattern.Flag.DOTALL;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
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
import java.time.ZoneOffset;
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

        @Identifier @Pattern(regexp = "(?!\\.{1,2}$).*", flags = DOTALL, message = "must be a name that a URL can hold")
        String orderId,

        @NotNull Instant placedAt,
        @NotNull @Valid Customer customer,
        @NotEmpty @Size(max = 1000) List<@NotNull @Valid Line> lines,
        @Valid @Nullable Promise promise,

        @Pattern(regexp = "[A-Z]{2}", message = "must be two capital letters, such as IT") @Nullable
        String country,

        @Valid @Nullable Value value) {

    private static final String IN_OUR_TIME = "must lie between the years 1970 and 9999";

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

    /** The zone the customer lives in: as the shop said, else that of the country it is shipped to, if that has one only. */
    public Optional<ZoneId> zone() {
        return customer.zone().or(() -> Zones.of(country));
    }

    @AssertTrue(message = IN_OUR_TIME)
    boolean isPlacedAt() {
        return placedAt == null || inOurTime(placedAt.atZone(ZoneOffset.UTC).getYear());
    }

    /** Databases and calendars know no others. */
    private static boolean inOurTime(int year) {
        return year >= 1970 && year <= 9999;
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

        @AssertTrue(message = IN_OUR_TIME)
        boolean isFrom() {
            return from == null || inOurTime(from.getYear());
        }

        @AssertTrue(message = "must not lie before promise.from, nor after the year 9999")
        boolean isTo() {
            return from == null || to == null || (!to.isBefore(from) && to.getYear() <= 9999);
        }
    }

    /** A sum of money. */
    public record Value(
            @NotNull @DecimalMin("0") @Digits(integer = 15, fraction = 6)
            BigDecimal amount,

            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}

    /** The key of this order's journey. */
    public JourneyKey journeyKey() {
        return new JourneyKey(brand, orderId);
    }

    /** The key of this order's customer. */
    public CustomerKey customerKey() {
        return new CustomerKey(brand, customer.id());
    }

    /** What is left when its customer was erased: that there was an order. No shop can send an empty customer id. */
    Order withoutPerson() {
        var nobody = new Customer("", null, null, null, null, null, null);
        return new Order(brand, orderId, placedAt, nobody, List.of(), null, null, null);
    }

    /** Whether its customer was erased. */
    public boolean ofNobody() {
        return customer.id().isEmpty();
    }
}
