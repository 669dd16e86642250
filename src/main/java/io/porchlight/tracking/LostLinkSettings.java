package io.porchlight.tracking;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often lost links may be asked for in an hour.
 *
 * @param perAddress by one network address
 * @param perOrder for one order number
 */
@Validated
@ConfigurationProperties("porchlight.lost-links")
record LostLinkSettings(
        @DefaultValue("20") @Min(1) int perAddress,
        @DefaultValue("5") @Min(1) int perOrder) {}
