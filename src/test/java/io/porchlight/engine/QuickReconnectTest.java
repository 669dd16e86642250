package io.porchlight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuickReconnectTest {

    private static final int TRIES = 8;

    /** Left alone, the client would wait 4 seconds after its fourth try, and then longer each time. */
    @Test
    void looksForTheEngineAgainAfterASecondHoweverLongItIsAway() throws Exception {
        var tries = new CopyOnWriteArrayList<Long>();
        try (var broken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var engine = CamundaClient.newClientBuilder()
                        .grpcAddress(URI.create("http://127.0.0.1:" + broken.getLocalPort()))
                        .preferRestOverGrpc(false)
                        .withInterceptors(new QuickReconnect())
                        .build();
                var host = Executors.newSingleThreadExecutor()) {
            host.execute(() -> hangUp(broken, tries));

            while (tries.size() < TRIES) {
                ask(engine);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        assertThat(pauses(tries).subList(TRIES / 2, TRIES - 1))
                .as("the pauses after the first tries, in milliseconds")
                .anyMatch(pause -> pause < 3_000);
    }

    private static void hangUp(ServerSocket server, List<Long> tries) {
        try {
            while (tries.size() < TRIES) {
                server.accept().close();
                tries.add(System.nanoTime());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void ask(CamundaClient engine) {
        try {
            engine.newTopologyRequest()
                    .requestTimeout(Duration.ofSeconds(1))
                    .send()
                    .join();
        } catch (ClientException asExpected) {
            // Nobody listens there.
        }
    }

    private static List<Long> pauses(List<Long> tries) {
        var pauses = new ArrayList<Long>();
        for (int i = 1; i < tries.size(); i++) {
            pauses.add(TimeUnit.NANOSECONDS.toMillis(tries.get(i) - tries.get(i - 1)));
        }
        return pauses;
    }
}
