package io.porchlight.journeys;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How we talk to the engine.
 *
 * @param inFlight commands sent at once; about 64 saturate a broker, more only make it refuse
 * @param messageTimeToLive how long the engine keeps a milestone that no journey waits for yet; it is published again before
 * @param inDoubt after this, a command whose fate nobody wrote down is given again: its instance has died meanwhile
 * @param models where the journeys' BPMN and DMN files are
 */
@Validated
@ConfigurationProperties("porchlight.journeys")
record JourneySettings(
        @DefaultValue("64") @Min(1) @Max(1024) int inFlight,
        @DefaultValue("7d") @NotNull Duration messageTimeToLive,
        @DefaultValue("60s") @NotNull Duration inDoubt,
        @DefaultValue("classpath*:bpmn/") String models) {}
