package io.porchlight.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.porchlight.api.Sender.Answer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the API's description says is so: whoever pastes an example gets the answer that stands beside it. */
@WithSubscriber
class ApiDocsTest {

    /** One operation of the description. */
    private record Operation(String method, String path, JsonNode says) {

        /** Its path with the examples of its parameters. */
        String called() {
            return Pattern.compile("\\{(\\w+)}").matcher(path).replaceAll(this::example);
        }

        private String example(MatchResult parameter) {
            for (var one : says.path("parameters")) {
                if (one.path("name").asText().equals(parameter.group(1))) {
                    return one.path("example").asText();
                }
            }
            throw new AssertionError(this + " does not describe " + parameter.group());
        }

        Stream<JsonNode> examples() {
            return stream(says.at("/requestBody/content/application~1json/examples"));
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    private static final List<String> ORDER = List.of("post", "get", "put", "delete");

    private final Sender sender;
    private final Environment environment;
    private final RequestMappingHandlerMapping mappings;

    ApiDocsTest(
            Sender sender,
            Environment environment,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        this.sender = sender;
        this.environment = environment;
        this.mappings = mappings;
    }

    @Test
    void isReadWithoutAKey() {
        assertThat(openly("/api/docs/openapi.json").status()).isEqualTo(200);
        var page = openly("/api/docs");
        assertThat(page.status()).isEqualTo(302);
        var place = URI.create(page.response().headers().firstValue("Location").orElseThrow());
        assertThat(openly(place.getPath()).body()).contains("swagger-ui-bundle.js");
        assertThat(openly("/api/orders/bottega/1001").status()).isEqualTo(401);
    }

    @Test
    void letsNothingForeignInAndIsFramedByNobody() {
        for (String path : List.of("/api/docs/openapi.json", "/api/swagger-ui/index.html")) {
            var headers = openly(path).response().headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains(
                                    "default-src 'none'",
                                    "script-src 'self';",
                                    "connect-src 'self'",
                                    "frame-ancestors 'none'")
                            .doesNotContain("http", "*"));
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(openly("/api/swagger-ui/index.html").body()).doesNotContainPattern("(src|href)=\"(https?:)?//");
        assertThat(openly("/api/swagger-ui/swagger-initializer.js").body()).doesNotContain("petstore");
    }

    @Test
    void describesEveryOperationAndNoOther() {
        var served = new TreeSet<String>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/") && !path.startsWith("/api/docs"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));

        assertThat(operations()).map(Operation::toString).containsExactlyInAnyOrderElementsOf(served);
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.says().path("summary").asText())
                    .as("describe %s in src/main/resources/openapi/api.yaml", operation)
                    .isNotBlank();
            assertThat(operation.says().path("responses").fieldNames())
                    .toIterable()
                    .contains("401", "503")
                    .anyMatch(status -> status.startsWith("2"));
            operation.says().path("parameters").forEach(parameter -> {
                assertThat(parameter.path("description").asText())
                        .as("%s: %s", operation, parameter.path("name"))
                        .isNotBlank();
            });
            if (operation.method().equals("post") && operation.says().has("requestBody")) {
                assertThat(operation.examples()).as(operation.toString()).isNotEmpty();
            }
        });
    }

    @Test
    void refersToNothingThatIsNotThere() {
        var document = document();

        var references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void hasExamplesThatAreAnsweredAsItSays() {
        var sorted = operations().stream()
                .sorted(Comparator.comparing((Operation operation) -> ORDER.indexOf(operation.method()))
                        .thenComparing(operation -> operation.path().length()))
                .toList();
        int tried = 0;
        for (var operation : sorted) {
            for (var example : operation.examples().toList()) {
                var answer =
                        sender.post(operation.called(), example.path("value").toString());
                assertThat(answer.status())
                        .as("%s %s", operation, example.path("summary"))
                        .isEqualTo(example.path("x-answer").asInt());
                looksAsDescribed(operation, answer);
                tried++;
            }
            if (!operation.says().has("requestBody")) {
                var answer = sender.send(sender.request(operation.called())
                        .method(operation.method().toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
                assertThat(answer.status()).as("%s", operation).isBetween(200, 299);
                looksAsDescribed(operation, answer);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(operations().size());
    }

    @Test
    void tellsOfBadInputJustAsItIsTold() {
        var order = operation("POST /api/orders");
        var wrong = order.examples()
                .filter(example -> example.path("x-answer").asInt() == 400)
                .findFirst()
                .orElseThrow();

        var answer = sender.post("/api/orders", wrong.path("value").toString());

        var told = document().at("/components/responses/BadInput/content/application~1problem+json/example");
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(sorted(answer.json().path("errors"))).isEqualTo(sorted(told.path("errors")));
        assertThat(answer.json().path("status")).isEqualTo(told.path("status"));
        assertThat(fields(answer.json())).isEqualTo(fields(told));
    }

    /** The status is described, and an answer's properties are all in its schema. */
    private void looksAsDescribed(Operation operation, Answer answer) {
        var response = resolved(operation.says().path("responses").path(Integer.toString(answer.status())));
        assertThat(response.isMissingNode())
                .as("%s is answered %s", operation, answer.status())
                .isFalse();
        if (!answer.body().isEmpty()) {
            var schema = resolved(response.path("content").elements().next().path("schema"));
            check(answer.json(), schema, operation.toString());
        }
    }

    private void check(JsonNode answer, JsonNode schema, String where) {
        if (answer.isArray()) {
            answer.forEach(item -> check(item, resolved(schema.path("items")), where + "[]"));
        } else if (answer.isObject()
                && schema.has("properties")
                && !schema.path("additionalProperties").asBoolean()) {
            assertThat(fields(schema.path("properties"))).as(where).containsAll(fields(answer));
            answer.properties()
                    .forEach(field -> check(
                            field.getValue(),
                            resolved(schema.path("properties").path(field.getKey())),
                            where + "." + field.getKey()));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document().at(node.path("$ref").asText().substring(1)) : node;
    }

    private Operation operation(String name) {
        return operations().stream()
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Operation> operations() {
        var all = new ArrayList<Operation>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> all.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return all;
    }

    private JsonNode document() {
        return openly("/api/docs/openapi.json").json();
    }

    private Answer openly(String path) {
        return sender.send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port") + path))
                .GET());
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        var all = new ArrayList<JsonNode>();
        node.elements().forEachRemaining((Consumer<JsonNode>) all::add);
        return all.stream();
    }

    private static TreeSet<String> sorted(JsonNode errors) {
        var all = new TreeSet<String>();
        errors.forEach(error -> all.add(error.toString()));
        return all;
    }

    private static TreeSet<String> fields(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
