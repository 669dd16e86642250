package io.porchlight.tracking;

import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Plan;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Sends lost links again, to the address that the order came with and to no other: once a day and order, as a row of the
 * ledger like every letter. Who asks never waits for the look-up; it is done behind their back, one after the other.
 */
@Component
class LostLinks implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(LostLinks.class);

    private static final String STEP = "LostLink";
    private static final String TEMPLATE = "letters/lost-link";
    private static final Duration WORTH_SENDING = Duration.ofDays(1);
    private static final int MOST_WAITING = 1_000;

    private final Orders orders;
    private final Journeys journeys;
    private final Ledger ledger;
    private final Clock clock;
    private final ThreadPoolExecutor desk = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("lost-links").daemon().factory());

    LostLinks(Orders orders, Journeys journeys, Ledger ledger, Clock clock) {
        this.orders = orders;
        this.journeys = journeys;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Takes note that somebody asked.
     *
     * @param brand the brand's id; empty when they did not say
     * @throws TooOften when too many wait already
     */
    void ask(String brand, String number, String email) {
        try {
            desk.execute(() -> look(brand, number, email));
        } catch (RejectedExecutionException full) {
            throw new TooOften(Duration.ofMinutes(1));
        }
    }

    private void look(String brand, String number, String email) {
        try {
            // Shops print the number with a sign that is none of its digits.
            List.of(number, number.startsWith("#") ? number.substring(1) : "#" + number).stream()
                    .flatMap(written -> orders.numbered(written).stream())
                    .filter(key -> brand.isEmpty() || key.brand().equals(brand))
                    .flatMap(key -> orders.find(key).stream())
                    .filter(order -> email.equalsIgnoreCase(order.customer().email()))
                    .map(Order::journeyKey)
                    .forEach(this::send);
        } catch (RuntimeException trouble) {
            log.error("Somebody asked for a lost link, and it could not be looked up", trouble);
        }
    }

    private void send(JourneyKey key) {
        String process = journeys.find(key)
                .flatMap(journey -> Optional.ofNullable(journey.travel()))
                .map(travel -> travel.processId())
                .orElse("-");
        int day = (int) LocalDate.ofInstant(clock.instant(), clock.getZone()).toEpochDay();
        ledger.plan(new Plan(
                key,
                process,
                STEP,
                new Occurrence("-", day),
                "email",
                TEMPLATE,
                MessageClass.TRANSACTIONAL,
                null,
                0,
                WORTH_SENDING));
    }

    @Override
    public void destroy() {
        desk.shutdown();
    }
}
