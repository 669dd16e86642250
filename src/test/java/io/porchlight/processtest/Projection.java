package io.porchlight.processtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The engine's records (as JSON: their Java types drag in annotations that are not there), told as searchable tables. */
final class Projection {

    // A fixed width makes the order of the texts the order of the times.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Map<Table, Map<String, Row>> tables = new EnumMap<>(Table.class);
    private final Map<String, Model> models = new HashMap<>();

    Collection<Row> rows(Table table) {
        return keyed(table).values();
    }

    Optional<Row> find(Table table, String key) {
        return Optional.ofNullable(keyed(table).get(key));
    }

    Optional<Model> model(String processDefinitionKey) {
        return Optional.ofNullable(models.get(processDefinitionKey));
    }

    void apply(JsonNode entry) {
        if (!text(entry, "recordType").equals("EVENT")) {
            return;
        }
        String key = text(entry, "key");
        String time = TIME.format(Instant.ofEpochMilli(entry.path("timestamp").asLong()));
        JsonNode fact = entry.path("value");
        switch (text(entry, "valueType") + " " + text(entry, "intent")) {
            case "PROCESS CREATED" -> deployed(fact);
            case "PROCESS_INSTANCE ELEMENT_ACTIVATING" -> entered(key, fact, time);
            case "PROCESS_INSTANCE ELEMENT_COMPLETED" -> left(key, fact, "COMPLETED", time);
            case "PROCESS_INSTANCE ELEMENT_TERMINATED" -> left(key, fact, "TERMINATED", time);
            case "PROCESS_INSTANCE SEQUENCE_FLOW_TAKEN" -> taken(fact);
            case "VARIABLE CREATED", "VARIABLE UPDATED" -> written(key, fact);
            case "INCIDENT CREATED" -> stuck(key, fact, time);
            case "INCIDENT RESOLVED" -> row(Table.INCIDENTS, key).set("state", "RESOLVED");
            case "PROCESS_MESSAGE_SUBSCRIPTION CREATED" -> subscribed(key, fact, "CREATED", time);
            case "PROCESS_MESSAGE_SUBSCRIPTION DELETED" -> subscribed(key, fact, "DELETED", time);
            case "PROCESS_MESSAGE_SUBSCRIPTION CORRELATED" -> {
                subscribed(key, fact, "CORRELATED", time);
                correlated(key, fact, entry.path("partitionId"), time);
            }
            case "DECISION_EVALUATION EVALUATED", "DECISION_EVALUATION FAILED" -> decided(key, fact, time);
            default -> {}
        }
    }

    private void deployed(JsonNode process) {
        String key = text(process, "processDefinitionKey");
        Model model = Model.decode(text(process, "resource"));
        models.put(key, model);
        Row row = row(Table.PROCESS_DEFINITIONS, key).take(process).set("hasStartForm", BooleanNode.FALSE);
        model.nameOf(text(process, "bpmnProcessId")).ifPresent(name -> row.set("name", name));
    }

    private void entered(String key, JsonNode element, String time) {
        Row row =
                row(tableOf(element), key).take(element).set("state", "ACTIVE").set("startDate", time);
        if (tableOf(element) == Table.PROCESS_INSTANCES) {
            row.set("processDefinitionVersion", element.path("version"));
            nameOf(element).ifPresent(name -> row.set("processDefinitionName", name));
        } else {
            row.set("type", element.path("bpmnElementType"));
            nameOf(element).ifPresent(name -> row.set("elementName", name));
        }
    }

    private void left(String key, JsonNode element, String state, String time) {
        row(tableOf(element), key).set("state", state).set("endDate", time);
    }

    private void taken(JsonNode flow) {
        row(Table.SEQUENCE_FLOWS, text(flow, "processInstanceKey") + "_" + text(flow, "elementId"))
                .take(flow);
    }

    private void written(String key, JsonNode variable) {
        row(Table.VARIABLES, key).take(variable).set("isTruncated", BooleanNode.FALSE);
    }

    private void stuck(String key, JsonNode incident, String time) {
        row(Table.INCIDENTS, key).take(incident).set("state", "ACTIVE").set("creationTime", time);
    }

    private void subscribed(String key, JsonNode subscription, String state, String time) {
        row(Table.MESSAGE_SUBSCRIPTIONS, key)
                .take(subscription)
                .set("processDefinitionKey", definitionOf(subscription))
                .set("messageSubscriptionState", state)
                .set("lastUpdatedDate", time);
    }

    private void correlated(String key, JsonNode subscription, JsonNode partition, String time) {
        row(Table.CORRELATED_MESSAGE_SUBSCRIPTIONS, key + "-" + text(subscription, "messageKey"))
                .take(subscription)
                .set("processDefinitionKey", definitionOf(subscription))
                .set("subscriptionKey", key)
                .set("correlationTime", time)
                .set("partitionId", partition);
    }

    private void decided(String key, JsonNode evaluation, String time) {
        int number = 0;
        for (JsonNode decision : evaluation.path("evaluatedDecisions")) {
            String instance = key + "-" + ++number;
            boolean failed = text(decision, "decisionId").equals(text(evaluation, "failedDecisionId"));
            Row row = row(Table.DECISION_INSTANCES, instance)
                    .take(evaluation)
                    .take(decision)
                    .set("decisionEvaluationInstanceKey", instance)
                    .set("decisionEvaluationKey", key)
                    .set("state", failed ? "FAILED" : "EVALUATED")
                    .set("evaluationDate", time)
                    .set("decisionDefinitionKey", decision.path("decisionKey"))
                    .set("decisionDefinitionId", decision.path("decisionId"))
                    .set("decisionDefinitionName", decision.path("decisionName"))
                    .set("decisionDefinitionVersion", decision.path("decisionVersion"))
                    .set("decisionDefinitionType", decision.path("decisionType"))
                    .set("result", decision.path("decisionOutput"));
            if (failed) {
                row.set("evaluationFailure", evaluation.path("evaluationFailureMessage"));
            }
        }
    }

    private Row row(Table table, String key) {
        return keyed(table).computeIfAbsent(key, none -> new Row(table, key));
    }

    private Map<String, Row> keyed(Table table) {
        return tables.computeIfAbsent(table, none -> new LinkedHashMap<>());
    }

    private Optional<String> nameOf(JsonNode element) {
        return model(text(element, "processDefinitionKey")).flatMap(model -> model.nameOf(text(element, "elementId")));
    }

    private JsonNode definitionOf(JsonNode subscription) {
        return row(Table.PROCESS_INSTANCES, text(subscription, "processInstanceKey"))
                .get("processDefinitionKey");
    }

    private static Table tableOf(JsonNode element) {
        return text(element, "bpmnElementType").equals("PROCESS") ? Table.PROCESS_INSTANCES : Table.ELEMENT_INSTANCES;
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).asText();
    }
}
