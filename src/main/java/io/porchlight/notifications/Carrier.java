package io.porchlight.notifications;

import io.porchlight.notifications.Gate.Admitted;

/** Brings what the gate admitted on one channel to the gateway of that channel, and writes down what became of it. */
interface Carrier {

    String EMAIL = "email";
    String SMS = "sms";

    /** The channel as the ledger has it. */
    String channel();

    /** How many notifications it can carry at once. */
    int hands();

    /** How many it makes sense to bring now; none while the gateway is away, few when it has just come back. */
    int room();

    /** Brings one claimed notification on its way and settles it. */
    void carry(Admitted admitted);

    /** Lets go of the gateway. */
    default void close() {}
}
