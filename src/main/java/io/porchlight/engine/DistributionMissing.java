package io.porchlight.engine;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The folder that should hold Camunda's distribution does not. */
final class DistributionMissing extends RuntimeException {

    DistributionMissing(Path distribution) {
        super("There is no Camunda distribution in %s.".formatted(distribution));
    }

    /** Tells it without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<DistributionMissing> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, DistributionMissing cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Run \"mvn spring-boot:run\" in the checkout: it unpacks the distribution. Or name its folder with"
                            + " --porchlight.engine.distribution, or use a cluster with --porchlight.engine.mode=remote.",
                    cause);
        }
    }
}
