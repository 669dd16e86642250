package io.porchlight.consent;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.porchlight.consent.ConsentEntry.Source;
import io.porchlight.consent.Preferences.Channel;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.consent.Suppression.Reason;
import io.porchlight.orders.CustomerKey;
import io.porchlight.orders.Fingerprints;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.OrderChanged;
import io.porchlight.orders.OrderPlaced;
import io.porchlight.orders.Orders;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What every customer agreed to. One row per customer is the lock: who sends holds it from reading to claiming, who changes
 * something holds it until that is committed, so the two never overlap.
 *
 * <p>What the customer says here wins over what the shop says with an order, because the shop's own records do not know of
 * it: after an unsubscribe, a later order that still says "marketing" changes nothing, only the customer can.
 */
@Component
public class Consents {

    private record Row(
            long id,
            @Nullable Instant shopSaidAt,
            boolean shopMarketing,
            boolean shopTexts,
            Preferences preferences,
            @Nullable Instant brandSilentSince) {}

    private static final String SELECT = """
            select c.*, (select p.since from brand_pause p where p.brand = c.brand) as silent_since from customer c""";

    private static final String FOR_UPDATE = " for update";

    private final JdbcClient jdbc;
    private final Orders orders;
    private final Suppressions suppressions;
    private final Fingerprints fingerprints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Consents(
            JdbcClient jdbc,
            Orders orders,
            Suppressions suppressions,
            Fingerprints fingerprints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.suppressions = suppressions;
        this.fingerprints = fingerprints;
        this.events = events;
        this.clock = clock;
    }

    /** The shop's word, written down in the transaction that accepts the order. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(OrderPlaced placed) {
        listen(placed.key());
    }

    /** The shop's newer word about a known order. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(OrderChanged changed) {
        listen(changed.key());
    }

    private void listen(JourneyKey key) {
        orders.find(key).ifPresent(order -> {
            var row = lock(order.customerKey());
            var said = orders.saidAt(key).orElse(order.placedAt());
            var at = said.isBefore(clock.instant()) ? said : clock.instant();
            hear(row, order.customer().consent(), at);
            note(row, order, Source.ORDER, said(order), at);
        });
    }

    /** The latest order decides, and what it does not say is not agreed; two of one moment that disagree mean no. */
    private void hear(Row row, Order.@Nullable Consent said, Instant at) {
        boolean newer = row.shopSaidAt() == null || at.isAfter(row.shopSaidAt());
        if (newer || at.equals(row.shopSaidAt())) {
            jdbc.sql("""
                            update customer set shop_said_at = :at, shop_marketing = :marketing, shop_sms = :sms
                            where id = :id
                            """)
                    .param("at", Timestamp.from(at))
                    .param("marketing", said != null && said.marketing() && (newer || row.shopMarketing()))
                    .param("sms", said != null && said.sms() && (newer || row.shopTexts()))
                    .param("id", row.id())
                    .update();
        }
    }

    /**
     * Locks what the customers of some orders agreed to and reads it, until the transaction ends; what is being changed just
     * now is missing, for nobody knows it. Never waits, so that one customer's click cannot hold up everybody's letters.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<JourneyKey, Consent> claim(Collection<Order> some) {
        var rows = new HashMap<CustomerKey, Row>();
        some.stream()
                .map(Order::customerKey)
                .collect(groupingBy(CustomerKey::brand, mapping(CustomerKey::customerId, toSet())))
                .forEach((brand, customers) -> rows.putAll(lock(brand, customers)));
        var held = some.stream()
                .filter(order -> rows.containsKey(order.customerKey()))
                .toList();
        var against = suppressions.of(held);
        return held.stream()
                .collect(toMap(
                        Order::journeyKey,
                        order -> consent(
                                requireNonNull(rows.get(order.customerKey())),
                                requireNonNull(against.get(order.journeyKey())))));
    }

    private Map<CustomerKey, Row> lock(String brand, Set<String> customers) {
        var rows = new HashMap<CustomerKey, Row>();
        jdbc.sql(SELECT + " where c.brand = :brand and c.customer_id in (:ids) for update skip locked")
                .param("brand", brand)
                .param("ids", customers)
                .query(row -> {
                    rows.put(new CustomerKey(brand, row.getString("customer_id")), read(row, 0));
                });
        return rows;
    }

    /** Locks what a customer agreed to until the transaction ends, waiting for it if need be. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(CustomerKey customer) {
        find(customer, FOR_UPDATE);
    }

    /** What an order's customer agreed to, to be shown; empty when they were erased. */
    public Optional<Consent> of(Order order) {
        return find(order.customerKey(), "")
                .map(row -> consent(row, suppressions.of(List.of(order)).getOrDefault(order.journeyKey(), List.of())));
    }

    /** Everything that was said, oldest first. */
    public List<ConsentEntry> history(CustomerKey customer) {
        return jdbc.sql("""
                        select e.* from consent_entry e join customer c on c.id = e.customer
                        where c.brand = :brand and c.customer_id = :id order by e.said_at, e.id
                        """)
                .param("brand", customer.brand())
                .param("id", customer.customerId())
                .query((row, number) -> new ConsentEntry(
                        row.getTimestamp("said_at").toInstant(),
                        Source.valueOf(row.getString("source")),
                        row.getString("journey_key"),
                        row.getString("said")))
                .list();
    }

    /** No marketing any more, to this customer and to this address, whoever owns it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void unsubscribe(Order order) {
        stopMarketing(order, Source.UNSUBSCRIBE_LINK, Reason.UNSUBSCRIBED, "no care tips, no offers");
    }

    /** Who calls a letter spam wants no marketing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void complain(Order order) {
        stopMarketing(order, Source.COMPLAINT, Reason.COMPLAINED, "called a letter spam: no care tips, no offers");
    }

    /** Mail to this order's address comes back for good: it gets no more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void bounce(Order order) {
        var row = lock(order.customerKey());
        suppressions.add(order.brand(), order.customer().email(), Reason.BOUNCED);
        note(row, order, Source.BOUNCE, "mail to the address of this order comes back", clock.instant());
    }

    /** The customer chose. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void prefer(Order order, Preferences chosen) {
        var row = lock(order.customerKey());
        boolean refused = refusesMarketing(row);
        jdbc.sql("""
                        update customer set order_updates = :updates, care_tips = :care, offers = :offers,
                            channel = :channel, pace = :pace, paused_until = :until
                        where id = :id
                        """)
                .param("updates", chosen.wants(Topic.ORDER_UPDATES))
                .param("care", chosen.wants(Topic.CARE_TIPS))
                .param("offers", chosen.wants(Topic.OFFERS))
                .param(
                        "channel",
                        chosen.channel() == null ? null : chosen.channel().name())
                .param("pace", chosen.pace().name())
                .param("until", chosen.pausedUntil() == null ? null : Timestamp.from(chosen.pausedUntil()))
                .param("id", row.id())
                .update();
        boolean marketing = chosen.wants(Topic.CARE_TIPS) || chosen.wants(Topic.OFFERS);
        if (marketing) {
            suppressions.allowMarketing(order.brand(), order.customer().email());
        } else {
            suppressions.add(order.brand(), order.customer().email(), Reason.UNSUBSCRIBED);
            tell(refused, order, Source.PREFERENCE_PAGE);
        }
        note(row, order, Source.PREFERENCE_PAGE, chosen.inWords(), clock.instant());
    }

    /** The customer chose how much of an order's story to hear, and so wants to hear it; marketing stays as it was. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void pace(Order order, Pace pace) {
        var row = lock(order.customerKey());
        jdbc.sql("update customer set order_updates = true, pace = :pace where id = :id")
                .param("pace", pace.name())
                .param("id", row.id())
                .update();
        String said = pace.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        note(row, order, Source.PREFERENCE_PAGE, "order updates; " + said, clock.instant());
    }

    /** Forgets the customer; suppressed addresses stay suppressed, and nobody can read whose they were. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forget(CustomerKey customer) {
        find(customer, FOR_UPDATE).ifPresent(row -> {
            jdbc.sql("delete from consent_entry where customer = :id")
                    .param("id", row.id())
                    .update();
            jdbc.sql("delete from customer where id = :id")
                    .param("id", row.id())
                    .update();
        });
        jdbc.sql("""
                        insert into erasure (brand, customer_hash, erased_at)
                        values (:brand, :hash, :now) on conflict do nothing
                        """)
                .param("brand", customer.brand())
                .param("hash", hash(customer))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Whether a customer of this name was erased before. */
    public boolean forgotten(CustomerKey customer) {
        return jdbc.sql("select erased_at from erasure where brand = :brand and customer_hash = :hash")
                        .param("brand", customer.brand())
                        .param("hash", hash(customer))
                        .query()
                        .listOfRows()
                        .size()
                > 0;
    }

    private String hash(CustomerKey customer) {
        return fingerprints.of("customer", customer.brand() + ":" + customer.customerId());
    }

    private void stopMarketing(Order order, Source source, Reason reason, String said) {
        var row = lock(order.customerKey());
        boolean refused = refusesMarketing(row);
        jdbc.sql("update customer set care_tips = false, offers = false where id = :id")
                .param("id", row.id())
                .update();
        suppressions.add(order.brand(), order.customer().email(), reason);
        note(row, order, source, said, clock.instant());
        tell(refused, order, source);
    }

    /** Whether the customer said so before; the shop's silence is no word of theirs. */
    private boolean refusesMarketing(Row row) {
        return jdbc.sql("select count(*) from customer where id = :id and not care_tips and not offers")
                        .param("id", row.id())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private void tell(boolean alreadyKnown, Order order, Source source) {
        if (!alreadyKnown) {
            events.publishEvent(new CustomerUnsubscribed(order.customerKey(), order.journeyKey(), source));
        }
    }

    private static Consent consent(Row row, List<Suppression> against) {
        return new Consent(row.preferences(), row.shopTexts(), against, row.brandSilentSince());
    }

    private Row lock(CustomerKey customer) {
        return find(customer, FOR_UPDATE).orElseGet(() -> {
            jdbc.sql("insert into customer (brand, customer_id) values (:brand, :id) on conflict do nothing")
                    .param("brand", customer.brand())
                    .param("id", customer.customerId())
                    .update();
            return find(customer, FOR_UPDATE).orElseThrow();
        });
    }

    private Optional<Row> find(CustomerKey customer, String lock) {
        return jdbc.sql(SELECT + " where c.brand = :brand and c.customer_id = :id" + lock)
                .param("brand", customer.brand())
                .param("id", customer.customerId())
                .query(Consents::read)
                .optional();
    }

    private void note(Row row, Order order, Source source, String said, Instant at) {
        jdbc.sql("""
                        insert into consent_entry (customer, source, journey_key, said, said_at)
                        values (:customer, :source, :key, :said, :at)
                        """)
                .param("customer", row.id())
                .param("source", source.name())
                .param("key", order.journeyKey().toString())
                .param("said", said)
                .param("at", Timestamp.from(at))
                .update();
    }

    private static String said(Order order) {
        var consent = order.customer().consent();
        return consent == null
                ? "nothing"
                : (consent.marketing() ? "marketing" : "no marketing")
                        + (consent.sms() ? ", text messages" : ", no text messages");
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                instant(row, "shop_said_at"),
                row.getBoolean("shop_marketing"),
                row.getBoolean("shop_sms"),
                preferences(row),
                instant(row, "silent_since"));
    }

    private static Preferences preferences(ResultSet row) throws SQLException {
        boolean shop = row.getBoolean("shop_marketing");
        var careTips = row.getObject("care_tips", Boolean.class);
        var offers = row.getObject("offers", Boolean.class);
        var topics = EnumSet.noneOf(Topic.class);
        if (row.getBoolean("order_updates")) {
            topics.add(Topic.ORDER_UPDATES);
        }
        if (careTips == null ? shop : careTips) {
            topics.add(Topic.CARE_TIPS);
        }
        if (offers == null ? shop : offers) {
            topics.add(Topic.OFFERS);
        }
        var channel = row.getString("channel");
        return new Preferences(
                topics,
                channel == null ? null : Channel.valueOf(channel),
                Pace.valueOf(row.getString("pace")),
                instant(row, "paused_until"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
