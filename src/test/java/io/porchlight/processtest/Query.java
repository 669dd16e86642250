package io.porchlight.processtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A search as Camunda's clients write it: a filter, an order and a limit; what it does not understand, it refuses. */
record Query(Table table, Predicate<Row> filter, @Nullable Comparator<Row> order, int limit) {

    static Query of(JsonNode request, Table table) {
        return new Query(
                table,
                filter(request.path("filter"), table),
                order(request.path("sort"), table),
                limit(request.path("page")));
    }

    Map<String, Object> over(Projection projection) {
        List<Row> found =
                new ArrayList<>(projection.rows(table).stream().filter(filter).toList());
        if (order != null) {
            found.sort(order);
        }
        return Map.of(
                "items", found.subList(0, Math.min(limit, found.size())),
                "page", Map.of("totalItems", found.size(), "hasMoreTotalItems", false));
    }

    private static Predicate<Row> filter(JsonNode filter, Table table) {
        return filter.properties().stream()
                .filter(field -> isSet(field.getValue()))
                .map(field -> condition(table.column(field.getKey()), field.getValue()))
                .reduce(row -> true, Predicate::and);
    }

    private static Predicate<Row> condition(String column, JsonNode wanted) {
        if (wanted.isValueNode()) {
            return row -> row.has(column, wanted.asText());
        }
        return wanted.properties().stream()
                .filter(operator -> isSet(operator.getValue()))
                .map(operator -> condition(column, operator.getKey(), operator.getValue()))
                .reduce(row -> true, Predicate::and);
    }

    private static Predicate<Row> condition(String column, String operator, JsonNode operand) {
        return switch (operator) {
            case "$eq" -> row -> row.has(column, operand.asText());
            case "$neq" -> row -> !row.has(column, operand.asText());
            case "$in" -> row -> isIn(row, column, operand);
            case "$notIn" -> row -> !isIn(row, column, operand);
            default -> throw new UnsupportedOperationException("the operator " + operator);
        };
    }

    private static boolean isIn(Row row, String column, JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value -> row.has(column, value.asText()));
    }

    /** The client writes each operator it was not asked for as an empty array. */
    private static boolean isSet(JsonNode node) {
        return node.isValueNode()
                ? !node.isNull()
                : StreamSupport.stream(node.spliterator(), false).anyMatch(Query::isSet);
    }

    private static @Nullable Comparator<Row> order(JsonNode sort, Table table) {
        return StreamSupport.stream(sort.spliterator(), false)
                .map(by -> order(
                        table.column(by.path("field").asText()),
                        by.path("order").asText()))
                .reduce(Comparator::thenComparing)
                .orElse(null);
    }

    private static Comparator<Row> order(String column, String direction) {
        Comparator<Row> ascending = Comparator.comparing(row -> sortable(row.get(column)));
        return direction.equals("DESC") ? ascending.reversed() : ascending;
    }

    private static String sortable(JsonNode value) {
        return value.isNumber() ? "%020d".formatted(value.asLong()) : value.asText();
    }

    private static int limit(JsonNode page) {
        page.properties().forEach(entry -> {
            if (!entry.getKey().equals("limit") && isSet(entry.getValue())) {
                throw new UnsupportedOperationException("paging by " + entry.getKey());
            }
        });
        return page.path("limit").asInt(100);
    }
}
