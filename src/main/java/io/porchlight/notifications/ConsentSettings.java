package io.porchlight.notifications;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one customer may hear.
 *
 * @param marketingPerDay marketing letters in 24 hours, over all of the customer's orders at a brand
 * @param marketingPerWeek the same in seven days
 * @param perOrder messages of any kind about one order; more come only from a model that runs away
 * @param lastLetter how long an unsubscribe or an erasure waits for a letter that nobody can stop any more
 */
@Validated
@ConfigurationProperties("porchlight.consent")
record ConsentSettings(
        @DefaultValue("1") @Min(1) int marketingPerDay,
        @DefaultValue("3") @Min(1) int marketingPerWeek,
        @DefaultValue("12") @Min(1) int perOrder,
        @DefaultValue("5s") @NotNull Duration lastLetter) {}
