package io.porchlight.notifications;

import io.porchlight.consent.Consents;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.TextStops;
import io.porchlight.fulfillment.Milestones;
import io.porchlight.ledger.TakeBacks;
import io.porchlight.orders.CustomerKey;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders;
import io.porchlight.orders.Phone;
import io.porchlight.orders.Phone.Mobile;
import io.porchlight.orders.Wishes;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends or changes what a customer hears. When one of these methods has returned, no letter that it forbids is accepted by
 * the mail server any more. Three things make it so: nothing is claimed while the change is written, for both take the
 * customer's lock; what was claimed before is taken back, and asked about once more just before its final dot; and for a
 * letter whose dot is out, which nobody can stop, we wait.
 */
@Component
public class Farewells {

    private static final Logger log = LoggerFactory.getLogger(Farewells.class);
    private static final long MOMENT = 10;

    private final Consents consents;
    private final TextStops textStops;
    private final Orders orders;
    private final Wishes wishes;
    private final Milestones milestones;
    private final TakeBacks takeBacks;
    private final ConsentSettings settings;
    private final TransactionTemplate transaction;

    Farewells(
            Consents consents,
            TextStops textStops,
            Orders orders,
            Wishes wishes,
            Milestones milestones,
            TakeBacks takeBacks,
            ConsentSettings settings,
            TransactionTemplate transaction) {
        this.consents = consents;
        this.textStops = textStops;
        this.orders = orders;
        this.wishes = wishes;
        this.milestones = milestones;
        this.takeBacks = takeBacks;
        this.settings = settings;
        this.transaction = transaction;
    }

    /** The customer of this order wants no marketing any more. */
    public void unsubscribe(Order order) {
        change(order, () -> consents.unsubscribe(order));
    }

    /** The customer of this order called a letter spam. */
    public void complain(Order order) {
        change(order, () -> consents.complain(order));
    }

    /** Mail to the customer of this order comes back for good. */
    public void bounce(Order order) {
        bounce(order, () -> true);
    }

    /** The same, if it is news; asked in the transaction that writes it down. */
    void bounce(Order order, BooleanSupplier news) {
        change(order, () -> {
            if (news.getAsBoolean()) {
                consents.bounce(order);
            }
        });
    }

    /** The customer of this order called a letter spam, if it is news; asked in the transaction that writes it down. */
    void complain(Order order, BooleanSupplier news) {
        change(order, () -> {
            if (news.getAsBoolean()) {
                consents.complain(order);
            }
        });
    }

    /** The customer of this order chose what to hear; what waited, say for the end of a pause, is looked at again. */
    public void prefer(Order order, Preferences chosen) {
        change(order, () -> {
            consents.prefer(order, chosen);
            takeBacks.reconsider(orders.of(order.customerKey()));
        });
    }

    /** The customer of this order chose how much of its story to hear, and nothing else. */
    public void pace(Order order, Preferences.Pace pace) {
        change(order, () -> {
            consents.pace(order, pace);
            takeBacks.reconsider(orders.of(order.customerKey()));
        });
    }

    /** From now on no letter tells what is in this order, for it is a gift; or letters tell it again. */
    public void gift(Order order, boolean gift) {
        change(order, () -> wishes.gift(order.journeyKey(), gift));
    }

    /**
     * Forgets a customer. What stays is that there were orders, milestones and notifications, when, and how they ended.
     * Running journeys go on to their end, and nothing is sent.
     *
     * @return whether the customer was ever known
     */
    public boolean erase(CustomerKey customer) {
        if (orders.of(customer).isEmpty()) {
            return consents.forgotten(customer);
        }
        var erased = transaction.execute(status -> {
            consents.hold(customer);
            // Once more: an order may have come in before we had the lock.
            var all = orders.of(customer);
            for (var key : all) {
                orders.erase(key);
                milestones.forget(key);
            }
            takeBacks.giveUp(all, Gate.ERASED);
            takeBacks.forget(all, Gate.ERASED);
            consents.forget(customer);
            return all;
        });
        if (erased != null) {
            awaitLastLetter(erased);
            // What was under way wrote down its subject and the server's reply meanwhile.
            takeBacks.forget(erased, Gate.ERASED);
        }
        return true;
    }

    /**
     * The owner of this number answered STOP to a text of this brand. No customer's lock can be held, for nobody knows yet
     * whose number it is; so the sender asks {@link TextStops} itself, after it has written down that the text leaves and
     * before it does. Of the two who write first and read then, one sees the other.
     */
    public void stopTexts(String brand, Mobile mobile) {
        textStops.begin(brand, mobile);
        awaitLastLetter(takeBacks.leaving(brand, Carrier.SMS).stream()
                .filter(key ->
                        orders.find(key).map(Phone::of).filter(mobile::equals).isPresent())
                .toList());
    }

    /** The owner of this number wants texts of this brand again. */
    public void allowTexts(String brand, Mobile mobile) {
        textStops.end(brand, mobile);
    }

    private void change(Order order, Runnable change) {
        var customer = order.customerKey();
        var keys = transaction.execute(status -> {
            consents.hold(customer);
            if (orders.erased(order.journeyKey())) {
                return List.<JourneyKey>of();
            }
            change.run();
            var all = orders.of(customer);
            takeBacks.takeBack(all);
            return all;
        });
        if (keys != null) {
            awaitLastLetter(keys);
        }
    }

    private void awaitLastLetter(List<JourneyKey> keys) {
        long end = System.nanoTime() + settings.lastLetter().toNanos();
        try {
            while (takeBacks.leaving(keys)) {
                if (System.nanoTime() > end) {
                    log.warn("The mail server has not answered yet: a letter about {} may still arrive", keys);
                    return;
                }
                Thread.sleep(MOMENT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
