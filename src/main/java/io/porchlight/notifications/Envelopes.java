package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.porchlight.orders.Plain;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Addresses letters. */
@Component
class Envelopes {

    private final ReturnPath returnPath;
    private final ReturnSettings settings;
    private final Signatures signatures;

    Envelopes(ReturnPath returnPath, ReturnSettings settings, Signatures signatures) {
        this.returnPath = returnPath;
        this.settings = settings;
        this.signatures = signatures;
    }

    /** @throws AddressException when the customer's address cannot be written to */
    Envelope of(Facts facts) throws AddressException {
        var brand = facts.brand();
        var customer = facts.order().customer();
        var to = address(String.valueOf(customer.email()), customer.name());
        var from = address(brand.sender(), null);
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        String messageId = returnPath.messageId(facts.notification(), domain);
        return new Envelope(
                to,
                from,
                address(brand.replyTo(), null),
                returnPath.envelopeSender(facts.notification(), domain),
                messageId,
                date(facts),
                headers(facts, messageId),
                signatures.of(brand.id()).orElse(null));
    }

    /** With the domain as the mail system knows it (RFC 5890, A-labels), whatever the sender of the order wrote. */
    static InternetAddress address(String written, @Nullable String name) throws AddressException {
        var address = new InternetAddress(written, true);
        String plain = address.getAddress();
        int at = plain.lastIndexOf('@');
        try {
            address.setAddress(plain.substring(0, at + 1) + IDN.toASCII(plain.substring(at + 1)));
            if (name != null) {
                address.setPersonal(Plain.text(name), UTF_8.name());
            }
        } catch (IllegalArgumentException noDomain) {
            throw new AddressException("its domain is none: " + noDomain.getMessage(), plain);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return address;
    }

    private Map<String, String> headers(Facts facts, String messageId) {
        var headers = new LinkedHashMap<String, String>();
        var unsubscribe = facts.links().unsubscribe();
        if (unsubscribe != null) {
            headers.put("List-Unsubscribe", "<" + unsubscribe + ">");
            headers.put("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        if (settings.header() != null) {
            headers.put(settings.header(), messageId);
        }
        return headers;
    }

    private static Instant date(Facts facts) {
        var first = facts.notification().firstTryAt();
        return first == null ? facts.now() : first;
    }
}
