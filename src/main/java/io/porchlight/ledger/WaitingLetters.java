package io.porchlight.ledger;

import io.porchlight.vitals.Depth;
import io.porchlight.vitals.WhatWaits;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is due and has not been claimed, and what nobody knows the fate of. */
@Component
class WaitingLetters implements WhatWaits {

    private static final String UNKNOWN = "unknown-letters";
    private static final Map<String, String> CHANNELS = Map.of("due-emails", "email", "due-texts", "sms");

    private final JdbcClient jdbc;
    private final Clock clock;

    WaitingLetters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<String> names() {
        return List.of("due-emails", "due-texts", UNKNOWN);
    }

    @Override
    public Depth depth(String name) {
        var channel = CHANNELS.get(name);
        return channel == null ? unknown() : due(channel);
    }

    private Depth due(String channel) {
        return jdbc.sql("""
                        select count(*) as many, min(due_at) as oldest from (
                            select due_at from notification
                            where state = 'PLANNED' and channel = :channel and due_at <= :now
                            order by state, channel, due_at, id limit :most) due
                        """)
                .param("channel", channel)
                .param("now", Timestamp.from(clock.instant()))
                .param("most", Depth.MOST)
                .query(Depth::read)
                .single();
    }

    /** How old they are is told by when they were due: the index holds it. */
    private Depth unknown() {
        return jdbc.sql("""
                        select count(*) as many, min(due_at) as oldest from (
                            select due_at from notification where state = 'UNKNOWN'
                            order by state, channel, due_at, id limit :most) unknown_ones
                        """).param("most", Depth.MOST).query(Depth::read).single();
    }
}
