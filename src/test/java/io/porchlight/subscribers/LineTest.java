package io.porchlight.subscribers;

import static io.porchlight.subscribers.Endpoint.heard;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.porchlight.subscribers.Answer.Gone;
import io.porchlight.subscribers.Answer.NotTaken;
import io.porchlight.subscribers.Answer.Taken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One call to a subscriber: signed, to where it was meant to go, and over in time. */
@Timeout(60)
class LineTest {

    private static final String NEW_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Announcement NEWS =
            new Announcement(1, "msg_1", "notification.sent", "{\"type\":\"notification.sent\",\"note\":\"è\"}", 1);

    private final Line line = new Line(true, Clock.systemUTC(), Duration.ofSeconds(2));

    @BeforeEach
    void begin() {
        Endpoint.reset();
    }

    @AfterEach
    void end() {
        line.close();
    }

    @Test
    void signsSoThatTheSpecificationsLibraryAccepts() {
        assertThat(call("erp")).isInstanceOf(Taken.class);

        var told = heard("erp").getFirst();
        assertThat(told.body()).isEqualTo(NEWS.body());
        for (var secret : List.of(Announcing.SECRET, NEW_SECRET)) {
            assertThatCode(() -> new Webhook(secret).verify(told.body(), told.signed()))
                    .as("whoever knows one of the two secrets")
                    .doesNotThrowAnyException();
        }
        assertThatCode(() -> new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").verify(told.body(), told.signed()))
                .isNotNull();
        assertThatCode(() -> new Webhook(NEW_SECRET).verify(told.body() + " ", told.signed()))
                .as("another body")
                .isNotNull()
                .isInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        Endpoint.answers("erp", exchange -> {
            exchange.getResponseHeaders().add("Location", Endpoint.url("secret").toString());
            exchange.sendResponseHeaders(status, -1);
        });

        assertThat(call("erp"))
                .isEqualTo(new NotTaken("it answered " + status + ", and redirects are not followed", null));
        assertThat(heard("secret")).isEmpty();
    }

    @Test
    void tellsTheAnswersApart() {
        Endpoint.answers("erp", 200);
        assertThat(call("erp")).isInstanceOf(Taken.class);
        Endpoint.answers("erp", 410);
        assertThat(call("erp")).isInstanceOf(Gone.class);
        Endpoint.answers("erp", 404);
        assertThat(call("erp")).isEqualTo(new NotTaken("it answered 404", null));
        Endpoint.answers("erp", 429);
        assertThat(call("erp")).isEqualTo(new NotTaken("it answered 429", Duration.ofMinutes(1)));
        assertThat(heard("erp")).as("nothing is repeated here").hasSize(4);
    }

    @Test
    void hangsUpOnWhoeverTalksWithoutEnd() {
        var written = new AtomicLong();
        Endpoint.answers("erp", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] talk = new byte[8192];
            for (long i = 0; i < 1_000_000; i++) {
                exchange.getResponseBody().write(talk);
                written.addAndGet(talk.length);
            }
        });

        assertThat(call("erp")).as("its status says that it took it").isInstanceOf(Taken.class);
        Endpoint.await("it noticed", () -> written.get() > 0);
        assertThat(written.get()).isLessThan(64L * 1024 * 1024);
    }

    @Test
    void waitsForNobodyForever() throws Exception {
        var answer = against(peer -> {
            peer.getInputStream().read();
            // Drips: each byte would begin a read time-out anew.
            var out = peer.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(UTF_8));
            while (true) {
                out.write('x');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });

        assertThat(answer).isEqualTo(new NotTaken("it did not answer within 2 s", null));
    }

    @Test
    void readsNoEndlessHeader() throws Exception {
        var answer = against(peer -> {
            peer.getInputStream().read();
            var out = peer.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write("X-Header: again and again\r\n".getBytes(UTF_8));
            }
        });

        assertThat(answer)
                .isInstanceOfSatisfying(
                        NotTaken.class, told -> assertThat(told.why()).contains("could not be reached"));
    }

    @Test
    void callsNobodyOnItsOwnNetworkInProduction() {
        var production = new Line(false, Clock.systemUTC(), Duration.ofSeconds(2));
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) {
            var inside = URI.create("http://" + host + ":" + Endpoint.url("erp").getPort() + "/erp");

            assertThat(production.call(subscriber(inside), NEWS))
                    .isInstanceOfSatisfying(
                            NotTaken.class,
                            told -> assertThat(told.why()).contains("not an address on the public internet"));
        }
        assertThat(heard("erp")).isEmpty();
        production.close();
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(line.call(subscriber(URI.create("http://127.0.0.1:" + port + "/")), NEWS))
                .isInstanceOfSatisfying(
                        NotTaken.class,
                        told -> assertThat(told.why())
                                .startsWith("it could not be reached: ")
                                .contains("refused"));
    }

    private Answer call(String name) {
        return line.call(subscriber(Endpoint.url(name)), NEWS);
    }

    /** Against somebody who speaks no proper HTTP. */
    private Answer against(Peer peer) throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var threads = Executors.newSingleThreadExecutor()) {
            Callable<Void> speaks = () -> {
                try (var socket = listening.accept()) {
                    peer.speak(socket);
                } catch (IOException hungUp) {
                    // Which is what we want of it.
                }
                return null;
            };
            var speaking = threads.submit(speaks);
            var answer = line.call(subscriber(URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/")), NEWS);
            speaking.get(20, TimeUnit.SECONDS);
            return answer;
        }
    }

    /** The other side of a connection. */
    private interface Peer {
        void speak(java.net.Socket socket) throws IOException, InterruptedException;
    }

    private static Subscriber subscriber(URI url) {
        return new Subscriber(
                "bottega",
                "erp",
                url,
                List.of(new Webhook(NEW_SECRET), new Webhook(Announcing.SECRET)),
                EnumSet.allOf(EventType.class));
    }
}
