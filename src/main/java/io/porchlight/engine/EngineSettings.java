package io.porchlight.engine;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where Camunda runs, and how the local broker is started; its ports come from {@code LocalMachine} unless they are set.
 *
 * @param distribution the unpacked Camunda distribution
 * @param heap of the local broker; below 1 GB it stalls under load
 * @param training whether the local broker keeps beside its distribution, when it ends, what Java has learned of it
 * @param java the executable that runs the broker; when empty, the one that runs this application
 * @param epoch names the life of a remote cluster's data; the operator changes it when the cluster has lost them
 */
@Validated
@ConfigurationProperties("porchlight.engine")
record EngineSettings(
        @DefaultValue("local") Mode mode,
        @DefaultValue(".camunda/camunda-zeebe-8.6.0") Path distribution,
        @DefaultValue("1GB") DataSize heap,
        @DefaultValue("false") boolean training,
        @DefaultValue("") String java,
        @DefaultValue("1") @NotBlank String epoch,
        @DefaultValue("0") @Min(0) @Max(65535) int grpcPort,
        @DefaultValue("0") @Min(0) @Max(65535) int restPort,
        @DefaultValue("0") @Min(0) @Max(65535) int managementPort,
        @DefaultValue("0") @Min(0) @Max(65535) int commandPort,
        @DefaultValue("0") @Min(0) @Max(65535) int internalPort) {

    EngineSettings {
        distribution = distribution.toAbsolutePath().normalize();
        java = java.isBlank()
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : java;
    }

    /** Whether Porchlight brings its own broker or uses a cluster by its address. */
    enum Mode {
        LOCAL,
        REMOTE
    }
}
