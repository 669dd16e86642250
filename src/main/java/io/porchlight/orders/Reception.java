package io.porchlight.orders;

import static com.fasterxml.jackson.databind.cfg.JsonNodeFeature.WRITE_PROPERTIES_SORTED;
import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.porchlight.brands.Brands;
import io.porchlight.orders.Refusal.Fault;
import io.porchlight.orders.Refusal.Kind;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads what senders post: into a checked record, and a hash by which a repeat is known. */
@Component
public class Reception {

    private static final ObjectMapper CANONICAL =
            JsonMapper.builder().enable(WRITE_PROPERTIES_SORTED).build();
    private static final int MOST_DIGITS = 1_000;
    private static final Map<Class<?>, String> WANTED = Map.of(
            String.class,
            "a text",
            int.class,
            "a whole number",
            boolean.class,
            "true or false",
            BigDecimal.class,
            "a number",
            Instant.class,
            "a moment, such as 2026-11-21T10:00:00Z",
            LocalDate.class,
            "a day, such as 2026-12-28");

    private final ObjectMapper json;
    private final Validator validator;
    private final Brands brands;

    Reception(ObjectMapper json, Validator validator, Brands brands) {
        this.json = json;
        this.validator = validator;
        this.brands = brands;
    }

    /**
     * The key of an order that the caller may speak about.
     *
     * @throws Refusal when the brand is unknown or not the one that the caller's API key opens
     */
    public JourneyKey key(String brand, String orderId, Principal caller) {
        if (brands.find(brand).isEmpty()) {
            throw new Refusal(Kind.INVALID, "brand", "is not a brand that is served here");
        }
        if (!brand.equals(caller.getName())) {
            throw new Refusal(Kind.FORBIDDEN, "brand", "is not the one that your API key opens");
        }
        refuse(validator.validateValue(Order.class, "orderId", orderId));
        return new JourneyKey(brand, orderId);
    }

    /**
     * Reads a posted document.
     *
     * @throws Refusal naming each field that is missing or wrong
     */
    public <T> Received<T> read(JsonNode posted, Class<T> type) {
        if (!posted.isObject()) {
            throw new Refusal(Kind.INVALID, "body", "must be a JSON object");
        }
        check(posted, "");
        var content = convert(posted, type);
        refuse(validator.validate(content));
        return new Received<>(content, hash(posted));
    }

    /** What no database and no letter could hold, wherever it stands. */
    private static void check(JsonNode node, String field) {
        if (node.isTextual() && broken(node.textValue())) {
            throw new Refusal(Kind.INVALID, field, "holds half a Unicode character (a lone surrogate)");
        }
        if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MOST_DIGITS) {
            throw new Refusal(Kind.INVALID, field, "is a number with too many digits");
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                check(node.get(index), field + "[" + index + "]");
            }
        }
        for (var property : node.properties()) {
            if (broken(property.getKey())) {
                throw new Refusal(
                        Kind.INVALID, field.isEmpty() ? "body" : field, "has a name with half a Unicode character");
            }
            check(property.getValue(), field.isEmpty() ? property.getKey() : field + "." + property.getKey());
        }
    }

    private static boolean broken(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static void refuse(Set<? extends ConstraintViolation<?>> violations) {
        var faults = violations.stream()
                .map(violation -> new Fault(field(violation), violation.getMessage()))
                .sorted(comparing(Fault::field).thenComparing(Fault::message))
                .toList();
        if (!faults.isEmpty()) {
            throw new Refusal(Kind.INVALID, faults);
        }
    }

    /** The validator writes {@code lines[0].<list element>} of an element itself. */
    private static String field(ConstraintViolation<?> violation) {
        return violation.getPropertyPath().toString().replaceAll("\\.<[a-z ]+>", "");
    }

    private <T> T convert(JsonNode posted, Class<T> type) {
        try {
            return json.treeToValue(posted, type);
        } catch (JsonMappingException wrong) {
            throw new Refusal(Kind.INVALID, field(wrong), "must be " + wanted(wrong));
        } catch (JsonProcessingException wrong) {
            throw new Refusal(Kind.INVALID, "body", "cannot be read");
        }
    }

    /** In a sender's words; Jackson's would name our classes. */
    private static String wanted(JsonMappingException wrong) {
        var type = wrong instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (type == null) {
            return "of another type, or smaller";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return WANTED.getOrDefault(type, "a JSON object");
    }

    private static String field(JsonMappingException wrong) {
        var path = new StringBuilder();
        for (var step : wrong.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String hash(JsonNode posted) {
        try {
            byte[] canonical = CANONICAL.writeValueAsBytes(posted);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
