package io.porchlight.signals;

import static java.util.Objects.requireNonNull;

import io.porchlight.signals.Signal.State;
import io.porchlight.vitals.Depth;
import io.porchlight.vitals.WhatWaits;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signals that are to be understood, that wait for their order, or that wait for a person. */
@Component
class WaitingSignals implements WhatWaits {

    private static final Map<String, State> STATES =
            Map.of("new-signals", State.NEW, "waiting-signals", State.WAITING, "parked-signals", State.PARKED);

    private final JdbcClient jdbc;

    WaitingSignals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> names() {
        return List.copyOf(STATES.keySet());
    }

    @Override
    public Depth depth(String name) {
        return jdbc.sql("""
                        select count(*) as many, min(received_at) as oldest from (
                            select received_at from signal where state = :state
                            order by state, next_try_at limit :most) waiting
                        """)
                .param("state", requireNonNull(STATES.get(name)).name())
                .param("most", Depth.MOST)
                .query(Depth::read)
                .single();
    }
}
