package io.porchlight.subscribers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where an operator sees how a brand's subscribers are doing, and has sent again what was given up. */
@RestController
class SubscriberApi {

    /** One subscriber; of its address only the host, for the rest may hold a secret. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubscriberLine(
            String name,
            String host,
            List<String> events,
            String state,
            @JsonUnwrapped Standing standing) {}

    /** How many are sent again. */
    record Replayed(int again) {}

    private final Subscribers subscribers;
    private final Announcements announcements;
    private final Courier courier;

    SubscriberApi(Subscribers subscribers, Announcements announcements, Courier courier) {
        this.subscribers = subscribers;
        this.announcements = announcements;
        this.courier = courier;
    }

    @GetMapping("/api/subscribers/{brand}")
    List<SubscriberLine> tell(@PathVariable String brand, Principal caller) {
        own(brand, caller);
        return subscribers.of(brand).stream().map(this::line).toList();
    }

    @PostMapping("/api/subscribers/{brand}/{name}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replayed replay(@PathVariable String brand, @PathVariable String name, Principal caller) {
        own(brand, caller);
        var subscriber = subscribers.find(brand, name).orElseThrow(() -> unknown("subscriber " + name));
        int again = announcements.replay(subscriber);
        courier.wake();
        return new Replayed(again);
    }

    private SubscriberLine line(Subscriber subscriber) {
        var standing = announcements.standing(subscriber);
        return new SubscriberLine(
                subscriber.name(),
                subscriber.url().getHost(),
                subscriber.events().stream().map(EventType::toString).toList(),
                standing.disabledAt() == null ? "active" : "disabled",
                standing);
    }

    private static void own(String brand, Principal caller) {
        if (!brand.equals(caller.getName())) {
            throw unknown("brand " + brand);
        }
    }

    private static ResponseStatusException unknown(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what + " that your API key opens");
    }
}
