package io.porchlight.notifications;

import jakarta.mail.MessagingException;
import java.util.function.BooleanSupplier;

/** Stops a letter whose claim was lost, before anything of it has been sent for good. */
record LeaseWatch(BooleanSupplier attempting, BooleanSupplier holds) implements LetterTransport.Milestones {

    /** The claim was lost to another instance. */
    static class Lost extends MessagingException {}

    @Override
    public void beforeData() throws Lost {
        if (!attempting.getAsBoolean()) {
            throw new Lost();
        }
    }

    @Override
    public void beforeDot() throws Lost {
        if (!holds.getAsBoolean()) {
            throw new Lost();
        }
    }
}
