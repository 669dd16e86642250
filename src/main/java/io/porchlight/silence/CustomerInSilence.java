package io.porchlight.silence;

import io.porchlight.orders.Journey.Travel;
import io.porchlight.orders.JourneyKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A customer has heard nothing for longer than the journey's model allows. It is said once per silence.
 *
 * @param since when they heard from us last, by a letter, a text or a new step on their page
 * @param budget how long the model lets them hear nothing
 */
public record CustomerInSilence(JourneyKey key, Travel travel, Instant since, Duration budget) {}
