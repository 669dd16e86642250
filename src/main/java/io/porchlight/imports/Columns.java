package io.porchlight.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The header of a table: each column is named after the field of the API that it fills, such as {@code customer.email}. */
class Columns {

    /** What a cell becomes. */
    private enum Kind {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        YES_OR_NO,
        /** Texts with semicolons between them. */
        LIST,
        JSON
    }

    private static final Map<String, Kind> KNOWN = Map.ofEntries(
            Map.entry("type", Kind.TEXT),
            Map.entry("brand", Kind.TEXT),
            Map.entry("orderId", Kind.TEXT),
            Map.entry("placedAt", Kind.TEXT),
            Map.entry("customer.id", Kind.TEXT),
            Map.entry("customer.name", Kind.TEXT),
            Map.entry("customer.email", Kind.TEXT),
            Map.entry("customer.phone", Kind.TEXT),
            Map.entry("customer.locale", Kind.TEXT),
            Map.entry("customer.timeZone", Kind.TEXT),
            Map.entry("customer.consent.marketing", Kind.YES_OR_NO),
            Map.entry("customer.consent.sms", Kind.YES_OR_NO),
            Map.entry("lines", Kind.JSON),
            Map.entry("lines[].sku", Kind.TEXT),
            Map.entry("lines[].name", Kind.TEXT),
            Map.entry("lines[].quantity", Kind.WHOLE_NUMBER),
            Map.entry("lines[].tags", Kind.LIST),
            Map.entry("promise.from", Kind.TEXT),
            Map.entry("promise.to", Kind.TEXT),
            Map.entry("country", Kind.TEXT),
            Map.entry("value.amount", Kind.NUMBER),
            Map.entry("value.currency", Kind.TEXT),
            Map.entry("id", Kind.TEXT),
            Map.entry("name", Kind.TEXT),
            Map.entry("occurredAt", Kind.TEXT),
            Map.entry("details", Kind.JSON));

    private static final Pattern LINE = Pattern.compile("lines\\[(\\d{1,3})]\\.(\\w+)");
    private static final Pattern DETAIL = Pattern.compile("details\\.\\w{1,100}");
    private static final int MOST = 5_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * One column.
     *
     * @param path the fields from the outermost to the one that is filled
     * @param line which of the order's lines it belongs to; -1 for none
     */
    private record Column(String name, List<String> path, int line, Kind kind) {

        static Column of(String name) throws Unreadable {
            var ofLine = LINE.matcher(name);
            var lineKind = ofLine.matches() ? KNOWN.get("lines[]." + ofLine.group(2)) : null;
            if (lineKind != null) {
                return new Column(name, List.of(ofLine.group(2)), Integer.parseInt(ofLine.group(1)), lineKind);
            }
            var kind = DETAIL.matcher(name).matches() ? Kind.TEXT : KNOWN.get(name);
            if (kind == null || name.startsWith("lines[")) {
                throw new Unreadable("The column \"" + shown(name)
                        + "\" is not known. Name each column after the field of the API that it fills, such as"
                        + " orderId, customer.email, lines[0].sku or details.carrier; docs/import.md lists them all.");
            }
            return new Column(name, List.of(name.split("\\.", -1)), -1, kind);
        }

        private static String shown(String name) {
            return name.substring(0, Math.min(60, name.length()));
        }
    }

    private final List<Column> columns;
    private final ObjectMapper json;

    private Columns(List<Column> columns, ObjectMapper json) {
        this.columns = columns;
        this.json = json;
    }

    static Columns of(List<String> header, ObjectMapper json) throws Unreadable {
        if (header.size() > MOST) {
            throw new Unreadable("The header has more than " + MOST + " columns");
        }
        var columns = new ArrayList<Column>();
        var names = new HashSet<String>();
        for (String name : header) {
            var column = Column.of(name.strip());
            if (!names.add(column.name())) {
                throw new Unreadable("The column \"" + column.name() + "\" is there twice");
            }
            columns.add(column);
        }
        if (!names.contains("orderId")) {
            throw new Unreadable(
                    "There is no column orderId. The first row must name the columns; docs/import.md has a sample.");
        }
        for (String whole : List.of("lines", "details")) {
            if (names.contains(whole)
                    && names.stream().anyMatch(name -> name.startsWith(whole + "[") || name.startsWith(whole + "."))) {
                throw new Unreadable("Give either the column " + whole + " or columns of its parts, not both");
            }
        }
        return new Columns(List.copyOf(columns), json);
    }

    /** What the API would have been sent: empty cells are fields that are not there. */
    Row row(long number, List<String> cells) {
        if (cells.size() > columns.size()) {
            return Row.wrong(
                    number, "body", "has more cells than the header; put cells with a separator in quotation marks");
        }
        var content = NODES.objectNode();
        var lines = new TreeMap<Integer, ObjectNode>();
        int size = 0;
        for (int index = 0; index < cells.size(); index++) {
            String cell = cells.get(index).strip();
            size += cell.length() + 32;
            if (!cell.isEmpty()) {
                var column = columns.get(index);
                try {
                    place(column, value(column.kind(), cell), content, lines);
                } catch (JsonProcessingException broken) {
                    return Row.wrong(number, column.name(), "must be JSON, as the API takes it");
                }
            }
        }
        if (!lines.isEmpty()) {
            content.putArray("lines").addAll(lines.values());
        }
        return Row.of(number, size, content);
    }

    private static void place(Column column, JsonNode value, ObjectNode content, Map<Integer, ObjectNode> lines) {
        var place = column.line() < 0 ? content : lines.computeIfAbsent(column.line(), line -> NODES.objectNode());
        for (String step : column.path().subList(0, column.path().size() - 1)) {
            place = place.get(step) instanceof ObjectNode there ? there : place.putObject(step);
        }
        place.set(column.path().getLast(), value);
    }

    /** What is no number stays a text: the check of the order says what it must be. */
    private JsonNode value(Kind kind, String cell) throws JsonProcessingException {
        return switch (kind) {
            case TEXT -> TextNode.valueOf(cell);
            case WHOLE_NUMBER ->
                cell.matches("-?\\d{1,9}") ? NODES.numberNode(Integer.parseInt(cell)) : TextNode.valueOf(cell);
            case NUMBER ->
                cell.matches("-?\\d{1,30}(\\.\\d{1,30})?")
                        ? NODES.numberNode(new BigDecimal(cell))
                        : TextNode.valueOf(cell);
            case YES_OR_NO ->
                cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")
                        ? NODES.booleanNode(Boolean.parseBoolean(cell))
                        : TextNode.valueOf(cell);
            case LIST -> {
                var list = NODES.arrayNode();
                Stream.of(cell.split(";", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .forEach(list::add);
                yield list;
            }
            case JSON -> json.readTree(cell);
        };
    }
}
