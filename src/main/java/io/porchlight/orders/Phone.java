package io.porchlight.orders;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a telephone number, as people write it, is good for. */
public sealed interface Phone {

    /**
     * One that a text message reaches.
     *
     * @param number in E.164, such as {@code +393471234567}
     */
    record Mobile(String number) implements Phone {

        /** A number with its country, as providers write it. */
        public static Optional<Mobile> international(String number) {
            return Phone.parse(number, "ZZ")
                    .map(parsed -> new Mobile(PhoneNumberUtil.getInstance().format(parsed, PhoneNumberFormat.E164)));
        }
    }

    /**
     * None that a text message reaches.
     *
     * @param why to be read after "the order"
     */
    record Unusable(String why) implements Phone {}

    /**
     * The number that an order came with. A number without its country is one of the country that the order is shipped to,
     * or else of the customer's language tag.
     */
    static Phone of(Order order) {
        String written = order.customer().phone();
        if (written == null || written.isBlank()) {
            return new Unusable("came without a phone number");
        }
        return countries(order)
                .flatMap(country -> parse(written, country).stream())
                .filter(PhoneNumberUtil.getInstance()::isValidNumber)
                .findFirst()
                .map(Phone::judge)
                .orElseGet(() -> new Unusable("came with a phone number that does not exist"));
    }

    private static Stream<String> countries(Order order) {
        // "ZZ" is libphonenumber's word for no country: then only a number that begins with + can be read.
        String tongue = order.customer().language().map(Locale::getCountry).orElse("");
        return Stream.of(Objects.requireNonNullElse(order.country(), ""), tongue, "ZZ")
                .filter(country -> !country.isEmpty());
    }

    private static Optional<PhoneNumber> parse(String written, String country) {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(written, country));
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }

    private static Phone judge(PhoneNumber number) {
        var book = PhoneNumberUtil.getInstance();
        return switch (book.getNumberType(number)) {
            // In North America the two look alike.
            case MOBILE, FIXED_LINE_OR_MOBILE -> new Mobile(book.format(number, PhoneNumberFormat.E164));
            case FIXED_LINE -> new Unusable("came with the number of a landline");
            case PREMIUM_RATE, SHARED_COST -> new Unusable("came with a number that costs its caller extra");
            default -> new Unusable("came with a phone number that is no mobile");
        };
    }
}
