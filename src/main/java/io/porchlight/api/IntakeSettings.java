package io.porchlight.api;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much may come in at once.
 *
 * @param mostWaiting how many requests may wait for a connection to the database; further senders are told to come back
 */
@Validated
@ConfigurationProperties("porchlight.intake")
record IntakeSettings(@DefaultValue("64") @Min(1) int mostWaiting) {}
