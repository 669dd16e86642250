package io.porchlight.story;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The story of the first start.
 *
 * @param enabled whether it plays when the database is empty
 * @param pace from one milestone to the next
 * @param training how many play it at once in a {@link Training} run, after which the application ends; 0 for none
 */
@Validated
@ConfigurationProperties("porchlight.story")
record StorySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3s") @NotNull Duration pace,
        @DefaultValue("0") @Min(0) int training) {}
