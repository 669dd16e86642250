package io.porchlight.orders;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** Writes down whose orders they are that were accepted before anybody asked; no SQL reads JSON on both databases. */
@Component
class V3_1__CustomersOfOrders extends BaseJavaMigration {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void migrate(Context context) throws Exception {
        var connection = context.getConnection();
        try (var orders = connection.createStatement();
                var name = connection.prepareStatement("update orders set customer_id = ? where journey_key = ?");
                var add = connection.prepareStatement("insert into customer (brand, customer_id, shop_said_at,"
                        + " shop_marketing, shop_sms) values (?, ?, ?, ?, ?) on conflict do nothing");
                var known = orders.executeQuery(
                        "select journey_key, brand, content, received_at from orders order by received_at desc")) {
            while (known.next()) {
                var customer = json.readTree(known.getString("content")).path("customer");
                name.setString(1, customer.path("id").asText());
                name.setString(2, known.getString("journey_key"));
                name.addBatch();
                add.setString(1, known.getString("brand"));
                add.setString(2, customer.path("id").asText());
                add.setTimestamp(3, known.getTimestamp("received_at"));
                add.setBoolean(4, customer.at("/consent/marketing").asBoolean());
                add.setBoolean(5, customer.at("/consent/sms").asBoolean());
                add.addBatch();
            }
            name.executeBatch();
            add.executeBatch();
        }
    }
}
