package io.porchlight.notifications;

import io.porchlight.ledger.Bounce;
import io.porchlight.ledger.Bounce.Kind;
import io.porchlight.ledger.Bounces;
import io.porchlight.ledger.Claim;
import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what came back, and does what follows from it, in one transaction with writing it down. The written rule: a hard
 * bounce ends all mail to the address, a complaint ends marketing, both at once; soft ones are counted over all letters to
 * the customer, and too many within some days end it too ({@code porchlight.notifications.bounces.soft-limit}); a delay
 * changes nothing; a refusal by policy keeps the address and stops the stream.
 */
@Component
public class Returns {

    private static final Logger log = LoggerFactory.getLogger(Returns.class);

    private final Bounces bounces;
    private final Ledger ledger;
    private final Orders orders;
    private final Farewells farewells;
    private final Streams streams;
    private final ReturnSettings settings;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final LetterMeters meters;

    Returns(
            Bounces bounces,
            Ledger ledger,
            Orders orders,
            Farewells farewells,
            Streams streams,
            ReturnSettings settings,
            Clock clock,
            TransactionTemplate transaction,
            LetterMeters meters) {
        this.bounces = bounces;
        this.ledger = ledger;
        this.orders = orders;
        this.farewells = farewells;
        this.streams = streams;
        this.settings = settings;
        this.clock = clock;
        this.transaction = transaction;
        this.meters = meters;
    }

    /** Takes what came back for a letter; the same told again changes nothing. */
    public void take(Notification notification, Bounce told) {
        take(notification, dated(notification, told), () -> true);
    }

    /** A mail server said at its door that it does not want the letter: the letter has failed. */
    void refused(Claim claim, Diagnosis refusal, String reason) {
        int attempt = claim.notification().attempts() + 1;
        var bounce = new Bounce(refusal.kind(), "smtp:" + attempt, refusal.code(), refusal.text(), clock.instant());
        take(claim.notification(), bounce, () -> meters.failed(claim, "refused", ledger.failed(claim, reason)));
    }

    private void take(Notification notification, Bounce bounce, BooleanSupplier before) {
        BooleanSupplier news = () -> before.getAsBoolean() && bounces.record(notification, bounce);
        orders.find(notification.key())
                .filter(order -> !order.ofNobody())
                .ifPresent(order -> take(order, notification, bounce, news));
        if (orders.erased(notification.key())) {
            write(() -> before.getAsBoolean() && bounces.record(notification, bounce.withoutWords()));
        }
    }

    private void take(Order order, Notification notification, Bounce bounce, BooleanSupplier news) {
        switch (bounce.kind()) {
            case HARD -> farewells.bounce(order, () -> first(notification, Kind.HARD, news));
            case COMPLAINT -> farewells.complain(order, () -> first(notification, Kind.COMPLAINT, news));
            case SOFT -> soft(order, notification, news);
            case POLICY -> policy(notification, bounce, news);
            case DELAYED -> write(news);
        }
        log.info("{} for {} of {}: {}", bounce.kind(), notification.step(), notification.key(), bounce.code());
    }

    private void soft(Order order, Notification notification, BooleanSupplier news) {
        if (!write(news)) {
            return;
        }
        var keys = orders.of(order.customerKey());
        int soft = bounces.soft(keys, clock.instant().minus(settings.softWindow()));
        if (soft >= settings.softLimit()) {
            farewells.bounce(order);
            log.info("{} letters to the customer of {} came back; no more go there", soft, notification.key());
        }
    }

    private void policy(Notification notification, Bounce bounce, BooleanSupplier news) {
        write(() -> {
            boolean isNews = news.getAsBoolean();
            if (isNews) {
                streams.stop(notification.key().brand(), new Diagnosis(Kind.POLICY, bounce.code(), bounce.text()));
            }
            return isNews;
        });
    }

    /** Writes it down, and tells whether the same was never told of this letter, in whatever words. */
    private boolean first(Notification notification, Kind kind, BooleanSupplier news) {
        boolean toldBefore = bounces.of(notification).stream().anyMatch(earlier -> earlier.kind() == kind);
        return news.getAsBoolean() && !toldBefore;
    }

    private boolean write(BooleanSupplier news) {
        return Boolean.TRUE.equals(transaction.execute(status -> news.getAsBoolean()));
    }

    /** A report's clock may be wrong, or made up: what cannot be true is when we heard of it. */
    private Bounce dated(Notification notification, Bounce told) {
        var now = clock.instant();
        Instant earliest = Optional.ofNullable(notification.firstTryAt())
                .orElse(notification.plannedAt())
                .minus(1, ChronoUnit.HOURS);
        return told.at().isBefore(earliest) || told.at().isAfter(now) ? told.at(now) : told;
    }
}
