package io.porchlight.notifications;

/** What came of reading the facts about a notification; without facts nothing is sent. */
sealed interface Reading permits Facts, Reading.Missing, Reading.Unsettled, Reading.Erased {

    /** The order, brand or model cannot be read. */
    record Missing() implements Reading {}

    /** The customer is changing what they want to hear at this very moment. */
    record Unsettled() implements Reading {}

    /** The customer asked to be forgotten. */
    record Erased() implements Reading {}
}
