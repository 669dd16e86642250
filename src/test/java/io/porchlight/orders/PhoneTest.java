package io.porchlight.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.porchlight.orders.Phone.Mobile;
import io.porchlight.orders.Phone.Unusable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telephone numbers as people write them. */
class PhoneTest {

    @ParameterizedTest
    @CsvSource({
        "+39 347 123 4567, , , +393471234567",
        "0039 347 1234567, IT, , +393471234567",
        "347 123 4567, IT, en-US, +393471234567",
        "'347/123.45.67', , it-IT, +393471234567",
        "(212) 555-0123, US, , +12125550123",
        "+1 212-555-0123, IT, it-IT, +12125550123",
        "07400 123456, GB, , +447400123456",
        "0151 23456789, , de-DE, +4915123456789",
    })
    void areReadInTheCountryOfTheOrderOrTheCustomer(
            String written, @Nullable String country, @Nullable String locale, String number) {
        assertThat(Phone.of(order(written, country, locale))).isEqualTo(new Mobile(number));
    }

    @ParameterizedTest
    @CsvSource({
        ", IT, came without a phone number",
        "' ', IT, came without a phone number",
        "555-555-SHIP, US, came with a phone number that does not exist",
        "call me, US, came with a phone number that does not exist",
        "347 123 4567, , came with a phone number that does not exist",
        "06 1234 5678, IT, came with the number of a landline",
        "+39 899 123456, IT, came with a number that costs its caller extra",
        "+1 900 234 5678, US, came with a number that costs its caller extra",
        "+1 800 234 5678, US, came with a phone number that is no mobile",
    })
    void areUsedOnlyIfATextReachesThem(@Nullable String written, @Nullable String country, String why) {
        assertThat(Phone.of(order(written, country, null))).isEqualTo(new Unusable(why));
    }

    @Test
    void areTheSameHoweverAProviderWritesThem() {
        assertThat(Mobile.international("+393471234567")).contains(new Mobile("+393471234567"));
        assertThat(Mobile.international("+39 347 123 4567")).contains(new Mobile("+393471234567"));
        assertThat(Mobile.international("347 123 4567")).isEmpty();
        assertThat(Mobile.international("Bottega")).isEmpty();
    }

    private static Order order(@Nullable String phone, @Nullable String country, @Nullable String locale) {
        return new Order(
                "bottega",
                "1001",
                Instant.EPOCH,
                new Order.Customer("c-77", null, null, phone, locale, null, null),
                List.of(),
                null,
                country,
                null);
    }
}
