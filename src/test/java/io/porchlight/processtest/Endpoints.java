package io.porchlight.processtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of Camunda's REST and management endpoints that Camunda Process Test calls; the rest answers 501, loudly. */
final class Endpoints implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);
    private static final ObjectMapper json = new ObjectMapper();

    private final Set<String> refused = new HashSet<>();
    private final EmbeddedCamunda camunda;

    Endpoints(EmbeddedCamunda camunda) {
        this.camunda = camunda;
    }

    @Override
    public synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        JsonNode body = json.readTree(exchange.getRequestBody());
        try {
            return answer(request, body);
        } catch (UnsupportedOperationException e) {
            // An assertion asks again and again until its time is over.
            if (refused.add(request + e.getMessage())) {
                log.warn("{} {}: the in-JVM engine's facade does not offer {}", request, body, e.getMessage());
            }
            return Answer.problem(501, "NOT_IMPLEMENTED", e.getMessage());
        } catch (RuntimeException e) {
            log.error("{} {} failed", request, body, e);
            return Answer.problem(500, "INTERNAL_ERROR", e.toString());
        }
    }

    private Answer answer(String request, JsonNode body) throws IOException {
        EngineLife life = camunda.life();
        return switch (request) {
            case "GET /v2/topology" -> topology();
            case "GET /actuator/clock" -> time(life);
            case "DELETE /actuator/clock" -> {
                life.resetClock();
                yield time(life);
            }
            case "POST /actuator/clock/add" -> {
                life.moveClock(Duration.ofMillis(body.path("offsetMilli").asLong()));
                yield time(life);
            }
            case "POST /actuator/cluster/purge" -> {
                camunda.purge();
                yield Answer.json(202, Map.of("changeId", camunda.purges()));
            }
            default -> read(life.projection(), request, List.of(request.split("/")), body);
        };
    }

    private static Answer read(Projection projection, String request, List<String> path, JsonNode body) {
        if (request.matches("POST /v2/[a-z-]+/search")) {
            return Answer.json(200, Query.of(body, Table.named(path.get(2))).over(projection));
        }
        if (request.matches("GET /v2/process-definitions/[0-9]+/xml")) {
            return projection
                    .model(path.get(3))
                    .map(model -> Answer.xml(model.xml()))
                    .orElseGet(Answer::notFound);
        }
        if (request.matches("GET /v2/process-instances/[0-9]+/sequence-flows")) {
            return Answer.json(200, Map.of("items", sequenceFlows(projection, path.get(3))));
        }
        if (request.matches("GET /v2/decision-instances/[0-9-]+")) {
            return projection
                    .find(Table.DECISION_INSTANCES, path.get(3))
                    .map(row -> Answer.json(200, row))
                    .orElseGet(Answer::notFound);
        }
        throw new UnsupportedOperationException("this route");
    }

    private static List<Row> sequenceFlows(Projection projection, String processInstance) {
        return projection.rows(Table.SEQUENCE_FLOWS).stream()
                .filter(flow -> flow.has("processInstanceKey", processInstance))
                .toList();
    }

    private Answer topology() {
        return new Answer(200, "application/json", """
                {"brokers": [{"nodeId": 0, "host": "in-jvm", "port": 0, "version": "8.8",
                              "partitions": [{"partitionId": 1, "role": "leader", "health": "healthy"}]}],
                 "clusterSize": 1, "partitionsCount": 1, "replicationFactor": 1, "gatewayVersion": "8.8",
                 "lastCompletedChangeId": "%d"}
                """.formatted(camunda.purges()));
    }

    private static Answer time(EngineLife life) {
        Instant now = life.now();
        return Answer.json(200, Map.of("epochMilli", now.toEpochMilli(), "instant", now.toString()));
    }
}
