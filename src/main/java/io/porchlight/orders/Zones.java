package io.porchlight.orders;

import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.TimeZone.SystemTimeZoneType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which zone a country lies in, as the Unicode Consortium has it; only countries where all clocks agree. */
class Zones {

    private static final Instant LATELY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, Optional<ZoneId>> KNOWN = new ConcurrentHashMap<>();

    private Zones() {}

    /** Empty for countries of several zones, and for those that nobody knows. */
    static Optional<ZoneId> of(@Nullable String country) {
        return country == null ? Optional.empty() : KNOWN.computeIfAbsent(country, Zones::onlyOne);
    }

    private static Optional<ZoneId> onlyOne(String country) {
        var zones = TimeZone.getAvailableIDs(SystemTimeZoneType.CANONICAL_LOCATION, country, null).stream()
                .filter(ZoneId.getAvailableZoneIds()::contains)
                .sorted()
                .map(ZoneId::of)
                .toList();
        return zones.stream().map(Zones::clock).distinct().count() == 1
                ? Optional.of(zones.getFirst())
                : Optional.empty();
    }

    /** Zones that differ only in their past, such as Berlin and Busingen, are one. */
    private static List<?> clock(ZoneId zone) {
        var rules = zone.getRules();
        return List.of(rules.getStandardOffset(LATELY), rules.getTransitionRules());
    }
}
