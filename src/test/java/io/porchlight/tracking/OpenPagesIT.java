package io.porchlight.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.porchlight.engine.ClusterAway;
import io.porchlight.tracking.Shop.Bought;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Many pages are open at once; {@code -Dpages=2000} opens as many as a shop has on a busy evening. */
@ClusterAway
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "porchlight.secret=a-secret-of-this-test",
            "porchlight.brands.bottega.api-keys=" + Shop.KEY + "bottega",
            "porchlight.tracking.open-pages-per-order=1000",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=1",
            "spring.datasource.url=jdbc:h2:mem:pages;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        })
class OpenPagesIT {

    private static final int PAGES = Integer.getInteger("pages", 200);
    private static final int ORDERS = 50;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Autowired
    private ApplicationContext context;

    @Autowired
    private OpenPages openPages;

    @LocalServerPort
    private int port;

    private HttpClient browsers;
    private Shop shop;

    @BeforeEach
    void begin() {
        shop = new Shop(context, port);
        browsers = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void leave() {
        browsers.shutdownNow();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            openPages.stop();
            assertThat(openPages.size()).isZero();
        });
        openPages.start();
    }

    @Test
    void tellsAllOfThemWithinASecond() {
        var placed = Instant.now().minusSeconds(60);
        var orders = new ArrayList<Bought>();
        for (int i = 0; i < ORDERS; i++) {
            orders.add(shop.sells("italian-shoes", "en-GB", "Bob", placed));
        }
        var listeners = new ArrayList<Listener>();
        for (int i = 0; i < PAGES; i++) {
            listeners.add(open(orders.get(i % ORDERS)));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> openPages.size() == PAGES);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(listeners).allMatch(listener -> listener.heard("version") == 1));

        var delays = new ArrayList<Long>();
        for (int i = 0; i < ORDERS; i++) {
            shop.happens(orders.get(i), "leather-cut", placed);
            long committed = System.nanoTime();
            int order = i;
            listeners.stream()
                    .filter(listener -> listener.order.equals(orders.get(order)))
                    .forEach(listener -> listener.since = committed);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listeners).allMatch(listener -> listener.heard("change") >= 1));
        listeners.forEach(listener -> delays.add(listener.delay()));
        delays.sort(Long::compare);
        long slow = delays.get((int) (delays.size() * 0.99) - 1);
        System.out.printf(
                "%d open pages: half are told after %d ms, 99 of 100 after %d ms%n",
                PAGES, delays.get(delays.size() / 2), slow);
        assertThat(Duration.ofMillis(slow)).isLessThan(SECOND);
    }

    @Test
    void forgetsPagesThatAreClosed() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob", Instant.now().minusSeconds(60));
        open(order);
        await().until(() -> openPages.size() == 1);

        browsers.shutdownNow();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            shop.happens(order, "in-transit", Instant.now().minusSeconds(30));
            return openPages.size() == 0;
        });
    }

    @Test
    void letsGoOfAllPagesWhenItStops() {
        var order = shop.sells("italian-shoes", "en-GB", "Bob", Instant.now().minusSeconds(60));
        var listener = open(order);
        await().until(() -> openPages.size() == 1);

        openPages.stop();

        await().until(() -> listener.ended);
        assertThat(openPages.size()).isZero();
    }

    private Listener open(Bought order) {
        var listener = new Listener(order);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + order.path() + "/events"))
                .build();
        var unused = browsers.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(listener));
        return listener;
    }

    /** One open page, as far as the network goes. */
    private static final class Listener implements Subscriber<String> {

        private final Bought order;
        private final List<String> events = new ArrayList<>();
        private final ConcurrentLinkedQueue<Long> changes = new ConcurrentLinkedQueue<>();
        private volatile long since;
        private volatile boolean ended;

        Listener(Bought order) {
            this.order = order;
        }

        synchronized long heard(String event) {
            return events.stream().filter(event::equals).count();
        }

        long delay() {
            var first = changes.peek();
            return first == null ? Long.MAX_VALUE : Math.max(0, (first - since) / 1_000_000);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("event:")) {
                String event = line.substring("event:".length()).strip();
                if (event.equals("change")) {
                    changes.add(System.nanoTime());
                }
                synchronized (this) {
                    events.add(event);
                }
            }
        }

        @Override
        public void onError(Throwable gone) {
            ended = true;
        }

        @Override
        public void onComplete() {
            ended = true;
        }
    }
}
