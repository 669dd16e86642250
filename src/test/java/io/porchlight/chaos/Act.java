package io.porchlight.chaos;

import java.time.Duration;

/** What a mail server does instead of what it should. */
sealed interface Act {

    /** As it should. */
    record Behave() implements Act {}

    /** Answers this. */
    record Say(String reply) implements Act {}

    /** Never answers, until the other side gives up. */
    record Hang() implements Act {}

    /** Answers this, and ends the connection. */
    record LastWords(String reply) implements Act {}

    /** Ends the connection without a word. */
    record HangUp() implements Act {}

    /** Does what it should, but late. */
    record Late(Duration by) implements Act {}

    /** Where in a conversation. */
    enum Moment {
        CONNECT,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        /** In the middle of a letter. */
        TEXT,
        DOT,
        QUIT
    }
}
