package io.porchlight.fulfillment;

import io.porchlight.vitals.Depth;
import io.porchlight.vitals.WhatWaits;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the engine is still to be told. */
@Component
class WaitingMilestones implements WhatWaits {

    private final JdbcClient jdbc;

    WaitingMilestones(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> names() {
        return List.of("unpublished-milestones");
    }

    @Override
    public Depth depth(String name) {
        return jdbc.sql("""
                        select count(*) as many, min(received_at) as oldest from (
                            select received_at from milestone where state = 'NEW'
                            order by state, next_try_at, id limit :most) unpublished
                        """).param("most", Depth.MOST).query(Depth::read).single();
    }
}
