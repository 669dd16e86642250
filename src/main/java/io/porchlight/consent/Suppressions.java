package io.porchlight.consent;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.porchlight.consent.Suppression.Reason;
import io.porchlight.orders.Fingerprints;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Phone;
import io.porchlight.orders.Phone.Mobile;
import java.net.IDN;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

    /** What is known against the address and the telephone number of each of these orders. */
    Map<JourneyKey, List<Suppression>> of(Collection<Order> orders) {
        var hashes = orders.stream().collect(toMap(Order::journeyKey, this::hashes));
        var known = new HashMap<String, List<Suppression>>();
        hashes.entrySet().stream()
                .collect(groupingBy(
                        order -> order.getKey().brand(), flatMapping(order -> order.getValue().stream(), toSet())))
                .forEach((brand, theirs) -> known.putAll(of(brand, theirs)));
        return hashes.entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        order -> order.getValue().stream()
                                .flatMap(hash -> known.getOrDefault(hash, List.of()).stream())
                                .sorted(comparing(Suppression::since).thenComparing(Suppression::reason))
                                .toList()));
    }

    private List<String> hashes(Order order) {
        String address = order.customer().email();
        var hashes = new ArrayList<String>();
        if (address != null) {
            hashes.add(hash(order.brand(), address));
        }
        if (Phone.of(order) instanceof Mobile mobile) {
            hashes.add(hash(order.brand(), mobile));
        }
        return hashes;
    }

    /** By the hash of the address that each is about. */
    private Map<String, List<Suppression>> of(String brand, Set<String> hashes) {
        var known = new HashMap<String, List<Suppression>>();
        if (!hashes.isEmpty()) {
            jdbc.sql("""
                            select address_hash, reason, since from suppression
                            where brand = :brand and address_hash in (:hashes)
                            """).param("brand", brand).param("hashes", hashes).query(row -> {
                known.computeIfAbsent(row.getString("address_hash"), first -> new ArrayList<>())
                        .add(new Suppression(
                                Reason.valueOf(row.getString("reason")),
                                row.getTimestamp("since").toInstant()));
            });
        }
        return known;
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
        return !of(brand, Set.of(hash(brand, mobile))).isEmpty();
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
