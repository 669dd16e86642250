package io.porchlight.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.porchlight.orders.Journey.Travel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The models of every process version that a journey travels in. */
@Component
public class Models {

    private record Id(String engineEpoch, String processId, int version) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Map<Id, JourneyModel> known = new ConcurrentHashMap<>();

    Models(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Writes down what a deployed version says; a repeat changes nothing. */
    @Transactional
    public void record(String engineEpoch, int version, JourneyModel model) {
        jdbc.sql("""
                        insert into model (engine_epoch, process_id, version, facts)
                        values (:epoch, :process, :version, :facts) on conflict do nothing
                        """)
                .param("epoch", engineEpoch)
                .param("process", model.processId())
                .param("version", version)
                .param("facts", write(model))
                .update();
    }

    /** The model that a journey travels by; empty for a version that was deployed without us. */
    public Optional<JourneyModel> of(Travel travel) {
        var id = new Id(travel.engineEpoch(), travel.processId(), travel.version());
        var cached = known.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        var read = load(id);
        read.ifPresent(model -> known.put(id, model));
        return read;
    }

    private Optional<JourneyModel> load(Id id) {
        return jdbc.sql("""
                        select facts from model
                        where engine_epoch = :epoch and process_id = :process and version = :version
                        """)
                .param("epoch", id.engineEpoch())
                .param("process", id.processId())
                .param("version", id.version())
                .query(String.class)
                .optional()
                .map(this::read);
    }

    private String write(JourneyModel model) {
        try {
            return json.writeValueAsString(model);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JourneyModel read(String facts) {
        try {
            return json.readValue(facts, JourneyModel.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
