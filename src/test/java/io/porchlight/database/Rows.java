package io.porchlight.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many rows lie in which table. */
public final class Rows {

    /** Every table of ours, those that refer to others first; {@link #counted} notices when one is missing here. */
    static final List<String> TABLES = List.of(
            "text_reply",
            "text_status",
            "announcement",
            "subscriber",
            "earlier_try",
            "bounce",
            "stopped_stream",
            "heard_token",
            "notification",
            "milestone",
            "journey",
            "link",
            "promise",
            "wish",
            "orders",
            "consent_entry",
            "customer",
            "suppression",
            "erasure",
            "brand_pause",
            "model",
            "engine");

    private Rows() {}

    /** Table name to number of rows. */
    public static Map<String, Long> counted(JdbcClient jdbc) {
        var counts = new TreeMap<String, Long>();
        jdbc.sql("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_name <> 'flyway_schema_history'
                        """)
                .query(String.class)
                .list()
                .forEach(table -> counts.put(
                        table,
                        jdbc.sql("select count(*) from " + table)
                                .query(Long.class)
                                .single()));
        if (!counts.keySet().containsAll(TABLES) || counts.size() != TABLES.size()) {
            throw new IllegalStateException("The tables are " + counts.keySet() + "; name them in Rows");
        }
        return counts;
    }
}
