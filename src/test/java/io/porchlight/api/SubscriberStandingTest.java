package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.JourneyKey;
import io.porchlight.orders.Links;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An operator sees how the brand's subscribers are doing; in production none of them is inside. */
@WithSubscriber
class SubscriberStandingTest {

    private final Sender sender;
    private final Links links;

    SubscriberStandingTest(Sender sender, Links links) {
        this.sender = sender;
        this.links = links;
    }

    @Test
    void showsWhatWaitsAndWhyUntilThePersonIsForgotten() {
        var order = Sender.order("subscribed-1");
        ((ObjectNode) order.path("customer")).put("id", "c-subscribed");
        sender.places(order);
        sender.post(links.unsubscribe(new JourneyKey("bottega", "subscribed-1")).getPath(), "");

        var waiting = await(erp -> erp.has("lastTrouble"));
        assertThat(waiting.path("state").asText()).isEqualTo("active");
        assertThat(waiting.path("host").asText()).isEqualTo("localhost");
        assertThat(waiting.toString()).doesNotContain("hidden", "whsec");
        assertThat(waiting.path("lastTrouble").asText())
                .startsWith("it could not be reached: localhost is ")
                .endsWith(", which is not an address on the public internet");
        assertThat(waiting.path("waiting").asInt()).isEqualTo(1);
        assertThat(waiting.has("nextTryAt")).isTrue();
        assertThat(waiting.path("givenUp").asInt()).isZero();

        var forgotten = sender.send(
                sender.request("/api/customers/bottega/c-subscribed").DELETE());

        assertThat(forgotten.status()).isEqualTo(204);
        assertThat(erp().path("waiting").asInt()).isZero();
    }

    @Test
    void opensNoOtherBrandsSubscribers() {
        assertThat(sender.get("/api/subscribers/atelier").status()).isEqualTo(404);
        assertThat(sender.post("/api/subscribers/atelier/erp/replay", "").status())
                .isEqualTo(404);
        assertThat(sender.post("/api/subscribers/bottega/nobody/replay", "").status())
                .isEqualTo(404);
        var keyless = sender.send(sender.request("/api/subscribers/bottega")
                .setHeader("Authorization", "Bearer wrong")
                .GET());
        assertThat(keyless.status()).isEqualTo(401);
        var others = sender.send(sender.request("/api/subscribers/bottega/erp/replay")
                .setHeader("Authorization", "Bearer key-of-atelier")
                .POST(BodyPublishers.noBody()));
        assertThat(others.status()).isEqualTo(404);
    }

    private JsonNode await(Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.test(erp())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("In vain we waited: " + erp());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
        return erp();
    }

    private JsonNode erp() {
        return sender.get("/api/subscribers/bottega").json().get(0);
    }
}
