package io.porchlight.engine;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Another Porchlight already works in this home. */
final class HomeInUse extends RuntimeException {

    HomeInUse(Path home, String process) {
        super("Another Porchlight (process %s) already uses %s.".formatted(process, home));
    }

    /** Tells it without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<HomeInUse> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, HomeInUse cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Stop it, or start this one beside it with --porchlight.home=<another folder> --server.port=<another port>.",
                    cause);
        }
    }
}
