package io.porchlight.imports;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Files of orders and milestones.
 *
 * @param largest how large a file may be
 * @param atOnce how many files may be read at the same time; the shop's live orders share the database with them
 * @param keepReports how long the reports are kept
 */
@Validated
@ConfigurationProperties("porchlight.imports")
record ImportSettings(
        @DefaultValue("1GB") @NotNull DataSize largest,
        @DefaultValue("2") @Min(1) @Max(8) int atOnce,
        @DefaultValue("30d") @NotNull Duration keepReports) {}
