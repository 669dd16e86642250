package io.porchlight.studio;

import io.porchlight.brands.Brands;
import io.porchlight.signals.Signal.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How the studio says times, numbers and states. */
@Component
class Words {

    private static final Map<String, String> SOURCES = Map.of(
            "shopify", "Shopify",
            "woocommerce", "WooCommerce",
            "easypost", "EasyPost",
            "aftership", "AfterShip",
            "shipstation", "ShipStation",
            "standard", "Standard Webhooks",
            "cloudevents", "CloudEvents");

    private final ZoneId zone;
    private final Clock clock;

    Words(StudioSettings settings, Brands brands, Clock clock) {
        this.zone = settings.timeZone() == null ? brands.all().getFirst().timeZone() : settings.timeZone();
        this.clock = clock;
    }

    /** When today began on the team's wall clock. */
    Instant today() {
        return LocalDate.ofInstant(clock.instant(), zone).atStartOfDay(zone).toInstant();
    }

    /** A source by the name that people know. */
    public String source(String name) {
        return SOURCES.getOrDefault(name, name);
    }

    /** What became of a signal. */
    public String state(State state) {
        return switch (state) {
            case NEW -> "New";
            case UNDERSTOOD -> "Understood";
            case WAITING -> "Waiting";
            case PARKED -> "Parked";
            case IGNORED -> "Ignored";
        };
    }

    /** A moment as the wall clock says it. */
    public String moment(Instant at) {
        var time = at.atZone(zone);
        var now = clock.instant().atZone(zone);
        String pattern = time.toLocalDate().equals(now.toLocalDate())
                ? "HH:mm:ss"
                : time.getYear() == now.getYear() ? "d MMM HH:mm" : "d MMM yyyy HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }

    /** A moment with everything about it. */
    public String exactly(Instant at) {
        return DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss (VV)", Locale.ENGLISH)
                .format(at.atZone(zone));
    }

    /** The day of a moment. */
    public String day(Instant at) {
        return DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH).format(at.atZone(zone));
    }

    /** How long ago a moment was. */
    public String ago(Instant at) {
        var since = Duration.between(at, clock.instant());
        return since.compareTo(Duration.ofMinutes(1)) < 0 ? "just now" : length(since) + " ago";
    }

    /** A length of time, roughly, as people say it. */
    public String length(Duration time) {
        long minutes = time.toMinutes();
        if (minutes < 90) {
            return many(Math.max(1, minutes), "minute");
        }
        if (time.toHours() < 36) {
            return many(Math.round(minutes / 60.0), "hour");
        }
        return many(Math.round(time.toHours() / 24.0), "day");
    }

    /** A number with its noun. */
    public String many(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A number with marks between the thousands. */
    public String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
