package io.porchlight.consent;

import io.porchlight.consent.Suppression.Reason;
import io.porchlight.orders.Fingerprints;
import io.porchlight.orders.Order;
import io.porchlight.orders.Phone;
import io.porchlight.orders.Phone.Mobile;
import java.net.IDN;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The addresses and telephone numbers that a brand does not write to; kept as keyed hashes, so that they outlive an erasure
 * and tell nothing.
 */
@Component
class Suppressions {

    private final JdbcClient jdbc;
    private final Fingerprints fingerprints;
    private final Clock clock;

    Suppressions(JdbcClient jdbc, Fingerprints fingerprints, Clock clock) {
        this.jdbc = jdbc;
        this.fingerprints = fingerprints;
        this.clock = clock;
    }

    /** What is known against the address and the telephone number of an order. */
    List<Suppression> of(Order order) {
        String address = order.customer().email();
        var hashes = new ArrayList<String>();
        if (address != null) {
            hashes.add(hash(order.brand(), address));
        }
        if (Phone.of(order) instanceof Mobile mobile) {
            hashes.add(hash(order.brand(), mobile));
        }
        return hashes.isEmpty() ? List.of() : of(order.brand(), hashes);
    }

    private List<Suppression> of(String brand, List<String> hashes) {
        return jdbc.sql("""
                        select reason, since from suppression where brand = :brand and address_hash in (:hashes)
                        order by since, reason
                        """)
                .param("brand", brand)
                .param("hashes", hashes)
                .query((row, number) -> new Suppression(
                        Reason.valueOf(row.getString("reason")),
                        row.getTimestamp("since").toInstant()))
                .list();
    }

    @Transactional
    void add(String brand, @Nullable String address, Reason reason) {
        if (address != null) {
            insert(brand, hash(brand, address), reason);
        }
    }

    @Transactional
    void stopTexts(String brand, Mobile mobile) {
        insert(brand, hash(brand, mobile), Reason.STOPPED);
    }

    /** The owner of the number said yes to texts again. */
    @Transactional
    void allowTexts(String brand, Mobile mobile) {
        jdbc.sql("delete from suppression where brand = :brand and address_hash = :hash")
                .param("brand", brand)
                .param("hash", hash(brand, mobile))
                .update();
    }

    boolean textsStopped(String brand, Mobile mobile) {
        return !of(brand, List.of(hash(brand, mobile))).isEmpty();
    }

    private void insert(String brand, String hash, Reason reason) {
        jdbc.sql("""
                        insert into suppression (brand, address_hash, reason, since)
                        values (:brand, :hash, :reason, :now) on conflict do nothing
                        """)
                .param("brand", brand)
                .param("hash", hash)
                .param("reason", reason.name())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** The owner of the address said yes to marketing again. */
    @Transactional
    void allowMarketing(String brand, @Nullable String address) {
        if (address != null) {
            jdbc.sql("""
                            delete from suppression where brand = :brand and address_hash = :hash
                                and reason in ('UNSUBSCRIBED', 'COMPLAINED')
                            """)
                    .param("brand", brand)
                    .param("hash", hash(brand, address))
                    .update();
        }
    }

    /** Mail systems may tell capital letters apart before the at-sign, but none is known that does. */
    private String hash(String brand, String address) {
        String plain = address.strip().toLowerCase(Locale.ROOT);
        int at = plain.lastIndexOf('@');
        return fingerprints.of("address", brand + ":" + plain.substring(0, at + 1) + ascii(plain.substring(at + 1)));
    }

    private String hash(String brand, Mobile mobile) {
        return fingerprints.of("number", brand + ":" + mobile.number());
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException noDomainName) {
            return domain;
        }
    }
}
