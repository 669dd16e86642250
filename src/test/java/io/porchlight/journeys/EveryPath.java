package io.porchlight.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Demands that {@code <Process>JourneyTest} has taken every path of its model, once Camunda has written the coverage report;
 * so it must stand before the runtime's own extension. A run of single tests proves nothing and is let go.
 */
class EveryPath implements AfterEachCallback, AfterAllCallback {

    private final Set<String> run = ConcurrentHashMap.newKeySet();

    @Override
    public void afterEach(ExtensionContext test) {
        run.add(test.getRequiredTestMethod().getName());
    }

    @Override
    public void afterAll(ExtensionContext tests) throws Exception {
        var all = new HashSet<String>();
        Arrays.stream(tests.getRequiredTestClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> all.add(method.getName()));
        if (tests.getDisplayName().endsWith("JourneyTest") && run.containsAll(all)) {
            var file = Path.of(
                    "target/coverage-report", tests.getRequiredTestClass().getName(), "report.json");
            assertThat(file).exists();
            demand(process(tests.getRequiredTestClass()), new ObjectMapper().readTree(file.toFile()));
        }
    }

    private static void demand(String process, JsonNode report) {
        assertThat(StreamSupport.stream(report.path("coverages").spliterator(), false)
                        .filter(coverage ->
                                coverage.path("processDefinitionId").asText().equals(process)))
                .as("how much of %s was taken", process)
                .singleElement()
                .satisfies(coverage ->
                        assertThat(coverage.path("coverage").asDouble()).isEqualTo(1.0));
    }

    private static String process(Class<?> tests) {
        return tests.getSimpleName()
                .replace("JourneyTest", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
