package io.porchlight.processtest;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** One thing the engine knows, in the words of Camunda's REST API: exactly its table's columns, keys as text. */
final class Row {

    private final ObjectNode values = JsonNodeFactory.instance.objectNode();
    private final Table table;

    Row(Table table, String key) {
        this.table = table;
        table.columns().forEach(column -> values.set(column, NullNode.instance));
        set(table.columns().getFirst(), key);
    }

    /** Takes what the engine's record calls by the column's name; only the process id has another one there. */
    Row take(JsonNode fact) {
        for (String column : table.columns()) {
            String field = column.equals("processDefinitionId") ? "bpmnProcessId" : column;
            if (fact.hasNonNull(field)) {
                set(column, fact.get(field));
            }
        }
        return this;
    }

    Row set(String column, JsonNode value) {
        if (!values.has(column)) {
            throw new IllegalArgumentException(table + " has no " + column);
        }
        boolean key = column.endsWith("Key") && value.isNumber();
        values.set(column, key ? TextNode.valueOf(value.asText()) : value);
        return this;
    }

    Row set(String column, String value) {
        return set(column, TextNode.valueOf(value));
    }

    JsonNode get(String column) {
        return values.get(table.column(column));
    }

    boolean has(String column, String value) {
        return get(column).asText().equals(value);
    }

    @JsonValue
    ObjectNode values() {
        return values;
    }
}
