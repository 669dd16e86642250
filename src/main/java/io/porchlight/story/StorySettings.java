package io.porchlight.story;

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
 */
@Validated
@ConfigurationProperties("porchlight.story")
record StorySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("3s") @NotNull Duration pace) {}
