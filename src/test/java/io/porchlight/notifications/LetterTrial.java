package io.porchlight.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.porchlight.brands.Brand;
import io.porchlight.consent.Consent;
import io.porchlight.consent.Preferences;
import io.porchlight.consent.Preferences.Pace;
import io.porchlight.consent.Preferences.Topic;
import io.porchlight.fulfillment.CarrierLinks;
import io.porchlight.fulfillment.Milestone;
import io.porchlight.fulfillment.Milestone.State;
import io.porchlight.ledger.Notification;
import io.porchlight.ledger.Notification.MessageClass;
import io.porchlight.ledger.Notification.Occurrence;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Step;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Order;
import io.porchlight.orders.Orders.Told;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.yaml.snakeyaml.Yaml;

/** Renders letters from facts alone: no engine, no database, no mail. */
public final class LetterTrial {

    /** A rendered letter. */
    public record Page(String subject, String html, String text) {}

    static final Instant NOW = Instant.parse("2026-11-24T08:10:00Z");
    static final LetterLinks LINKS = new LetterLinks(
            URI.create("https://porch.example/t/token"), URI.create("https://porch.example/p/token"), null);

    /** A customer who wants everything and has heard nothing. */
    static final Addressee AGREED = new Addressee(
            new Consent(
                    new Preferences(EnumSet.allOf(Topic.class), null, Pace.EVERY_STEP, null), false, List.of(), null),
            null,
            0,
            List.of());

    static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

    private final Letters letters = new Letters();
    private final LetterValues values = new LetterValues(
            mock(CarrierLinks.class, call -> CarrierLinks.within(call.getArgument(0), List.of("dhl.com"))));

    /** The brand as its file says. */
    public static Brand brand(String id) throws IOException {
        Map<String, Object> written =
                new Yaml().load(Files.readString(Path.of("templates/brands", id + ".yaml"), UTF_8));
        written.put("id", id);
        return JSON.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .convertValue(written, Brand.class);
    }

    /** Writes one step's letter as it would go out with these facts. */
    public Page write(Brand brand, JourneyModel model, Step step, Order order, @Nullable JsonNode details) {
        var facts = facts(brand, model, step, order, details);
        var letter = letters.render(step.template(), facts.locale(), values.of(facts));
        return new Page(letter.subject(), letter.html(), letter.text());
    }

    /** Writes one step's text message as it would go out with these facts, before it is made plain for telephones. */
    public String text(Brand brand, JourneyModel model, Step step, Order order) {
        var facts = facts(brand, model, step, order, null);
        return letters.text(step.template(), facts.locale(), values.of(facts));
    }

    static Facts facts(Brand brand, JourneyModel model, Step step, Order order, @Nullable JsonNode details) {
        var milestone = step.milestone();
        List<Milestone> milestones = milestone == null || details == null
                ? List.of()
                : List.of(milestone(order.journeyKey(), milestone, Milestone.WHOLE_ORDER, false, details));
        return new Facts(
                notification(order.journeyKey(), step, Occurrence.FIRST, null),
                order,
                brand,
                model,
                milestones,
                order.promise() == null ? List.of() : List.of(new Told(order.promise(), NOW)),
                AGREED,
                LINKS,
                null,
                false,
                false,
                NOW);
    }

    static Milestone milestone(JourneyKey key, String name, String parcel, boolean implied, JsonNode details) {
        return new Milestone(1, key, name, parcel, 1, implied, NOW, NOW, details, State.NEW);
    }

    static Notification notification(JourneyKey key, Step step, Occurrence occurrence, @Nullable Instant validUntil) {
        return new Notification(
                1,
                key,
                "trial",
                step.id(),
                occurrence,
                "email",
                step.template(),
                MessageClass.TRANSACTIONAL,
                step.milestone(),
                step.rank(),
                Notification.State.PLANNED,
                NOW,
                NOW,
                validUntil,
                0,
                null,
                null,
                null,
                null,
                null);
    }
}
