package io.porchlight.tracking;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The customers' pages.
 *
 * @param openPages how many pages may be kept live at once; further ones look by themselves once a minute
 * @param openPagesPerOrder how many of them may show the same order
 * @param heartbeat how often an open page is told that it is still connected
 * @param streamFor how long a page stays on one connection before it makes a new one
 * @param photoHosts hosts (and their subdomains) from which a milestone's photo may be shown
 */
@Validated
@ConfigurationProperties("porchlight.tracking")
record TrackingSettings(
        @DefaultValue("6000") @Min(0) int openPages,
        @DefaultValue("2000") @Min(0) int openPagesPerOrder,
        @DefaultValue("20s") @NotNull Duration heartbeat,
        @DefaultValue("15m") @NotNull Duration streamFor,
        @DefaultValue({}) List<@NotBlank String> photoHosts) {}
