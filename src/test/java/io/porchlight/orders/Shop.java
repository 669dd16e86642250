package io.porchlight.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** A shop that sells shoes to Bob, and tells of it as JSON. */
public class Shop {

    private final Reception reception;
    private final Orders orders;
    private final ObjectMapper json;

    Shop(Reception reception, Orders orders, ObjectMapper json) {
        this.reception = reception;
        this.orders = orders;
        this.json = json;
    }

    /** Two pairs of shoes, promised for the turn of the year. */
    public static String order(String orderId) {
        return """
                {"brand":"bottega","orderId":"%s","placedAt":"2026-11-21T10:00:00Z",
                 "customer":{"id":"c-77","name":"Bob Rossi","email":"bob@example.com","locale":"en-US",
                             "timeZone":"America/New_York","consent":{"marketing":true,"sms":false}},
                 "lines":[{"sku":"derby-42","name":"Derby shoes, oxblood","quantity":1,"tags":["italian-shoes"]},
                          {"sku":"loafer-41","name":"Loafers","quantity":1}],
                 "promise":{"from":"2026-12-28","to":"2027-01-04"}}
                """.formatted(orderId);
    }

    /** The same, of a customer for whom it is day: at night texts and marketing wait. */
    public static String orderByDay(String orderId) {
        int east = 13 - ZonedDateTime.now(ZoneOffset.UTC).getHour();
        return order(orderId).replace("America/New_York", "Etc/GMT" + (east > 0 ? "-" + east : "+" + -east));
    }

    /** Reads JSON as the API does. */
    public Received<Order> posted(String order) {
        try {
            return reception.read(json.readTree(order), Order.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** Sells, and makes sure that the order is new. */
    public JourneyKey sells(String orderId) {
        assertThat(orders.place(posted(order(orderId)))).isEqualTo(Orders.Outcome.NEW);
        return new JourneyKey("bottega", orderId);
    }
}
