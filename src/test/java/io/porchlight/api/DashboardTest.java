package io.porchlight.api;

import static io.porchlight.api.Sender.milestone;
import static io.porchlight.api.Sender.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/** Whatever Grafana's dashboard asks for is something that the application tells. */
@OverHttp
@TestConstructor(autowireMode = AutowireMode.ALL)
class DashboardTest {

    private static final Path DASHBOARD = Path.of("grafana/porchlight.json");
    private static final Pattern NAME_ALONE = Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b(?!\\s*\\()");

    private final Sender sender;

    DashboardTest(Sender sender) {
        this.sender = sender;
    }

    @Test
    void everyMetricOfTheDashboardStandsOnThePrometheusPage() throws Exception {
        sender.places(order("dashboard-1"));
        sender.reports("dashboard-1", milestone("m-1", "leather-cut"));

        var asked = metrics(Sender.JSON.readTree(Files.readString(DASHBOARD)));
        var told = sender.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());

        assertThat(asked)
                .hasSizeGreaterThan(15)
                .contains("porchlight_letters_total", "porchlight_backlog_age_seconds", "jvm_memory_used_bytes");
        assertThat(told).containsAll(asked);
    }

    @Test
    void itsPanelsAskOnlyForLabelsAndWordsThatAreThere() {
        sender.places(order("dashboard-2"));

        String page = sender.get("/actuator/prometheus").body();

        assertThat(page)
                .contains("porchlight_backlog_size{of=\"due-emails\"}")
                .contains("porchlight_backlog_age_seconds{of=\"due-texts\"}")
                .contains("porchlight_backlog_age_seconds{of=\"unpublished-milestones\"}")
                .contains("porchlight_backlog_age_seconds{of=\"new-signals\"}")
                .contains("porchlight_letters_total{channel=\"email\",outcome=\"sent\",reason=\"accepted\"}")
                .containsPattern("http_server_requests_seconds_bucket\\{[^}]*uri=\"/api/orders\",le=\"0.05\"")
                .contains("porchlight_letters_planned_to_sent_seconds_bucket{channel=\"sms\",le=\"0.04\"}");
    }

    private static Set<String> metrics(JsonNode dashboard) {
        var names = new TreeSet<String>();
        for (var query : dashboard.findValuesAsText("expr")) {
            String bare = query.replaceAll("\\{[^}]*}|\\[[^]]*]|\\b(by|without)\\s*\\([^)]*\\)", "");
            var name = NAME_ALONE.matcher(bare);
            while (name.find()) {
                names.add(name.group(1));
            }
        }
        return names;
    }
}
