package io.porchlight.bounces;

import io.porchlight.ledger.Bounce.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says that came by mail.
 *
 * @param id the same for the same report
 * @param envelopes texts in which the letter's own envelope sender may stand
 * @param quoted texts in which the letter's Message-ID may stand; believed for complaints only
 * @param at when, as the report says; absent when it does not
 */
record Report(
        String id,
        Kind kind,
        @Nullable String code,
        String text,
        List<String> envelopes,
        List<String> quoted,
        @Nullable Instant at) {}
