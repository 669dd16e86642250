package io.porchlight.texts;

import java.time.Duration;

/** What a provider made of a text. */
public sealed interface Receipt {

    /** It took it. */
    record Taken(String reply) implements Receipt {}

    /** It will never take it. */
    record Refused(String why) implements Receipt {}

    /** It will never take it, because the owner of the number told the provider to stop. */
    record Unsubscribed(String why) implements Receipt {}

    /** It does not take it now, and not before so long. */
    record NotNow(String why, Duration after) implements Receipt {}

    /** It could not be reached, or does not know us; nothing was handed over. */
    record Unreached(String why) implements Receipt {}

    /** The line broke before the text was out; it did not arrive. */
    record Broken(String why) implements Receipt {}

    /** The text was out, and no answer came. */
    record Unanswered(String why) implements Receipt {}

    /** It was taken back, or another has the claim; nothing was handed over. */
    record Withheld() implements Receipt {}
}
