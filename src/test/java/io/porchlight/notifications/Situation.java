package io.porchlight.notifications;

import io.porchlight.brands.Brand;
import io.porchlight.consent.Consent;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.consent.Suppression;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.ledger.Notification.State;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import java.net.URI;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts about one letter, as a test wants them; everybody agreed to everything and nothing was sent. */
record Situation(
        MessageClass messageClass,
        String template,
        @Nullable String milestone,
        Preferences preferences,
        List<Suppression> suppressions,
        @Nullable Instant brandSilentSince,
        int others,
        List<Instant> marketing,
        boolean gift) {

    /** A Monday morning. */
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private static final Set<Topic> ALL = EnumSet.allOf(Topic.class);

    static Situation news(@Nullable String milestone) {
        return new Situation(
                MessageClass.TRANSACTIONAL,
                "shoes/news",
                milestone,
                plain(ALL, Pace.EVERY_STEP),
                List.of(),
                null,
                0,
                List.of(),
                false);
    }

    static Situation marketing(String template) {
        return new Situation(
                MessageClass.MARKETING,
                template,
                null,
                plain(ALL, Pace.EVERY_STEP),
                List.of(),
                null,
                0,
                List.of(),
                false);
    }

    static Preferences plain(Set<Topic> topics, Pace pace) {
        return new Preferences(topics, null, pace, null);
    }

    Situation wanting(Preferences wanted) {
        return new Situation(
                messageClass, template, milestone, wanted, suppressions, brandSilentSince, others, marketing, gift);
    }

    Situation pausedUntil(Instant until) {
        return wanting(new Preferences(ALL, null, Pace.EVERY_STEP, until));
    }

    Situation suppressed(Suppression.Reason reason) {
        return new Situation(
                messageClass,
                template,
                milestone,
                preferences,
                List.of(new Suppression(reason, Instant.parse("2026-11-03T10:00:00Z"))),
                brandSilentSince,
                others,
                marketing,
                gift);
    }

    Situation heard(int othersAboutThisOrder, Instant... marketingBefore) {
        return new Situation(
                messageClass,
                template,
                milestone,
                preferences,
                suppressions,
                brandSilentSince,
                othersAboutThisOrder,
                List.of(marketingBefore),
                gift);
    }

    Situation aGift() {
        return new Situation(
                messageClass,
                template,
                milestone,
                preferences,
                suppressions,
                brandSilentSince,
                others,
                marketing,
                true);
    }

    Situation brandSilent() {
        return new Situation(
                messageClass,
                template,
                milestone,
                preferences,
                suppressions,
                NOW.minusSeconds(60),
                others,
                marketing,
                gift);
    }

    Facts facts() {
        return new Facts(
                notification(),
                order(),
                brand(),
                model(),
                List.of(),
                List.of(),
                new Addressee(new Consent(preferences, false, suppressions, brandSilentSince), null, others, marketing),
                new LetterLinks(URI.create("https://x/t/1"), URI.create("https://x/p/1"), null),
                null,
                false,
                gift,
                NOW);
    }

    private Notification notification() {
        return new Notification(
                1,
                new JourneyKey("bottega", "1001"),
                "shoes",
                "Step",
                Occurrence.FIRST,
                "email",
                template,
                messageClass,
                milestone,
                milestone == null ? 0 : 1,
                State.PLANNED,
                NOW,
                NOW,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    private static Order order() {
        var customer = new Order.Customer("c-77", "Bob", "bob@example.com", null, "en", null, null);
        return new Order("bottega", "1001", NOW, customer, List.of(), null, null, null);
    }

    private static Brand brand() {
        return new Brand(
                "bottega",
                "Bottega",
                "",
                URI.create("https://bottega.example"),
                "Bottega <orders@bottega.example>",
                "care@bottega.example",
                "Fermo",
                ZoneOffset.UTC,
                List.of(Locale.ENGLISH),
                new Brand.QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0)),
                new Brand.Colours("#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#000000"),
                new Brand.Fonts("serif", "serif"),
                null);
    }

    private static JourneyModel model() {
        return new JourneyModel(
                "shoes",
                "Shoes",
                null,
                new Words("OrderPlaced", "Order confirmed", ""),
                List.of(
                        milestone("leather-cut", 1, true),
                        milestone("leather-flawed", 0, false),
                        milestone("shipped", 2, true),
                        milestone("worn", 3, true)),
                List.of(),
                Map.of());
    }

    private static JourneyModel.Milestone milestone(String name, int rank, boolean mainPath) {
        return new JourneyModel.Milestone(name, rank, List.of(), false, mainPath, new Words(name, name, ""));
    }
}
