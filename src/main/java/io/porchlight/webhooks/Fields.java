package io.porchlight.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.porchlight.orders.Plain;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what strangers wrote: fields are named by JSON pointers, and whatever is absent or of another kind is empty. */
record Fields(JsonNode node) {

    private static final int LONGEST = 500;

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A text or a number, on one line; ids stay exact however long they are. */
    String text(String pointer) {
        var value = node.at(pointer);
        if (!value.isTextual() && !value.isNumber()) {
            return "";
        }
        String plain = Plain.text(value.asText());
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }

    /** The first of several fields that is not empty. */
    String first(String... pointers) {
        for (String pointer : pointers) {
            if (!text(pointer).isEmpty()) {
                return text(pointer);
            }
        }
        return "";
    }

    boolean yes(String pointer) {
        return node.at(pointer).asBoolean(false);
    }

    boolean no(String pointer) {
        return node.at(pointer).isBoolean() && !node.at(pointer).booleanValue();
    }

    int number(String pointer) {
        var value = node.at(pointer);
        return value.isInt() ? value.intValue() : 0;
    }

    List<Fields> list(String pointer) {
        var list = new ArrayList<Fields>();
        node.at(pointer).forEach(element -> list.add(new Fields(element)));
        return list;
    }

    /** A moment that says its zone; one without a zone is unknown, for guessing would shift it by hours. */
    @Nullable
    Instant moment(String pointer) {
        return moment(node.at(pointer));
    }

    static @Nullable Instant moment(JsonNode value) {
        try {
            return sane(OffsetDateTime.parse(value.asText("")).toInstant());
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** A moment that is told in UTC without saying so. */
    @Nullable
    Instant gmt(String pointer) {
        var exact = moment(pointer);
        if (exact != null) {
            return exact;
        }
        try {
            return sane(LocalDateTime.parse(text(pointer)).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The day of a date or of a moment, as it is written. */
    @Nullable
    LocalDate day(String pointer) {
        String text = text(pointer);
        try {
            return text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static @Nullable Instant sane(Instant moment) {
        int year = moment.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1970 && year < 9999 ? moment : null;
    }
}
