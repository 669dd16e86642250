package io.porchlight.notifications;

import java.util.Optional;

/** One reason why a notification may have to wait or to stay. */
interface Rule {

    /** This rule's objection; empty when it has none. */
    Optional<Verdict> objection(Facts facts);
}
