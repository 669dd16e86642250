package io.porchlight.fulfillment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.models.JourneyModel;
import io.porchlight.models.JourneyModel.Words;
import io.porchlight.models.Models;
import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Journeys;
import io.porchlight.orders.Orders.Outcome;
import io.porchlight.orders.Received;
import io.porchlight.orders.Reception;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workshop that reports what it did, and the model that waits for it. */
class Workshop {

    static final Travel TRAVEL = new Travel("life-1", 7, "italian-shoes", 1);
    static final Travel NEXT_LIFE = new Travel("life-2", 7, "italian-shoes", 1);

    private final Milestones milestones;
    private final Journeys journeys;
    private final Models models;
    private final Reception reception;
    private final ObjectMapper json = new ObjectMapper();

    Workshop(Milestones milestones, Journeys journeys, Models models, Reception reception) {
        this.milestones = milestones;
        this.journeys = journeys;
        this.models = models;
        this.reception = reception;
    }

    /** Reports by id and name alone. */
    Outcome reports(JourneyKey key, String id, String name) {
        return reports(key, id, name, "{}");
    }

    Outcome reports(JourneyKey key, String id, String name, String details) {
        return milestones.record(
                key, read("{\"id\":\"%s\",\"name\":\"%s\",\"details\":%s}".formatted(id, name, details)));
    }

    Outcome reportsAt(JourneyKey key, String id, String name, String occurredAt) {
        return milestones.record(
                key, read("{\"id\":\"%s\",\"name\":\"%s\",\"occurredAt\":\"%s\"}".formatted(id, name, occurredAt)));
    }

    Received<MilestoneReport> read(String report) {
        try {
            return reception.read(json.readTree(report), MilestoneReport.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** The engine's start listener has run. */
    void starts(JourneyKey key, Travel travel) {
        models.record(travel.engineEpoch(), travel.version(), italianShoes());
        journeys.adopt(key, travel);
        milestones.beginAgain(key);
    }

    /** Publishes whatever is to be published now, and returns the names. */
    List<String> published() {
        var taken = milestones.takeToPublish(100, Duration.ofMinutes(1));
        milestones.published(taken.stream().map(Milestone::id).toList(), Duration.ofDays(6));
        return taken.stream().map(Milestone::name).toList();
    }

    private static JourneyModel italianShoes() {
        var waitedFor = new ArrayList<JourneyModel.Milestone>();
        var before = new ArrayList<String>();
        for (var name : List.of("leather-cut", "shoes-made", "at-warehouse", "shipped")) {
            waitedFor.add(milestone(name, before, false));
            before.add(name);
        }
        waitedFor.add(milestone("out-for-delivery", before, true));
        waitedFor.add(milestone("delivered", before, false));
        return new JourneyModel(
                "italian-shoes", "Italian shoes", null, words("OrderConfirmed"), waitedFor, List.of(), Map.of());
    }

    private static JourneyModel.Milestone milestone(String name, List<String> before, boolean recurs) {
        return new JourneyModel.Milestone(name, before.size() + 1, List.copyOf(before), recurs, true, words(name));
    }

    private static Words words(String elementId) {
        return new Words(elementId, elementId, elementId);
    }
}
