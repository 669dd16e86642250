package io.porchlight.bounces;

import io.porchlight.ledger.Bounce;
import java.util.List;

/**
 * What a mail provider told about one letter.
 *
 * @param traces texts in which the letter's envelope sender or Message-ID may stand
 */
record News(Bounce bounce, List<String> traces) {}
