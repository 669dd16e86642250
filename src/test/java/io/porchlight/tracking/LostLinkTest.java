package io.porchlight.tracking;

import static io.porchlight.tracking.Visitor.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.porchlight.ledger.Ledger;
import io.porchlight.ledger.Notification;
import io.porchlight.tracking.Shop.Bought;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Who lost the link gets it again, at the address on file; who fishes for orders learns nothing. */
@WithCustomers
class LostLinkTest {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private StoryClock clock;

    @LocalServerPort
    private int port;

    private Shop shop;
    private Visitor visitor;

    @BeforeEach
    void begin() {
        shop = new Shop(context, port);
        visitor = new Visitor(port);
        clock.set(WithCustomers.Time.PLACED);
    }

    @Test
    void sendsTheLinkToTheAddressOnFile() throws Exception {
        var order = sells();

        var answer = visitor.posts("/lost", "order", " #" + order.key().orderId(), "email", "BOB@example.com ");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(place(answer)).isEqualTo("lost?did=asked");
        await().untilAsserted(() ->
                assertThat(links(order)).extracting(Notification::state).containsExactly(Notification.State.SENT));
        var letter =
                Arrays.asList(WithCustomers.Post.SERVER.getReceivedMessages()).getLast();
        assertThat(letter.getSubject())
                .isEqualTo("The page of your order " + order.key().orderId());
        assertThat(letter.getHeader("To")[0]).contains("bob@example.com");
    }

    @Test
    void sendsItOnceADay() {
        var order = sells();

        visitor.posts("/lost", "order", order.key().orderId(), "email", "bob@example.com");
        visitor.posts("/lost", "order", order.key().orderId(), "email", "bob@example.com");
        await().untilAsserted(() -> assertThat(links(order)).hasSize(1));
        clock.set(WithCustomers.Time.PLACED.plusSeconds(86_400));
        visitor.posts("/lost", "order", "#" + order.key().orderId(), "email", "bob@example.com");

        await().untilAsserted(() -> assertThat(links(order)).hasSize(2));
    }

    @Test
    void answersAlikeWhetherThereIsSuchAnOrderOrNot() {
        var order = sells();
        var answers = List.of(
                visitor.posts("/lost", "order", order.key().orderId(), "email", "bob@example.com"),
                visitor.posts("/lost", "order", order.key().orderId(), "email", "eve@example.com"),
                visitor.posts("/lost", "order", "no-such-order", "email", "bob@example.com"),
                visitor.posts("/lost", "order", "${7*7}<script>", "email", "not an address"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(place(answer)).isEqualTo("lost?did=asked");
            assertThat(answer.body()).isEmpty();
        });
        await().untilAsserted(() -> assertThat(links(order)).hasSize(1));
    }

    @Test
    void letsNobodyAskForOneOrderAgainAndAgain() {
        for (String order : List.of(sells().key().orderId(), "none-" + System.nanoTime())) {
            visitor.posts("/lost", "order", order, "email", "bob@example.com");
            visitor.posts("/lost", "order", order.toUpperCase(java.util.Locale.ROOT), "email", "eve@example.com");

            var third = visitor.posts("/lost", "order", order, "email", "bob@example.com");

            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            third.headers().firstValue("Retry-After").orElse("0")))
                    .isBetween(1_000, 1_801);
            assertThat(third.body()).contains("Too many at once");
        }
    }

    @Test
    void asksForBothAndTakesNothingFromOtherSites() {
        assertThat(place(visitor.posts("/lost", "order", "1001", "email", " "))).isEqualTo("lost?did=blank");
        assertThat(place(visitor.posts("/lost?brand=bottega"))).isEqualTo("lost?did=blank&brand=bottega");
        assertThat(visitor.posts(visitor.request("/lost").header("Sec-Fetch-Site", "cross-site"), "order", "1")
                        .statusCode())
                .isEqualTo(403);
    }

    private Bought sells() {
        return shop.sells("standard", "en-GB", "Bob Rossi", WithCustomers.Time.PLACED);
    }

    private List<Notification> links(Bought order) {
        return context.getBean(Ledger.class).of(order.key()).stream()
                .filter(letter -> letter.step().equals("LostLink"))
                .toList();
    }
}
