package io.porchlight.engine;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Why a broker does not start, as far as its log tells, and what a person can do about it. */
enum StartFailure {
    PORT_IN_USE(
            "Address already in use|Failed to bind|Port \\d+ was already in use",
            "One of its ports is in use; start Porchlight again, and it picks others."),
    DISK_FULL("No space left on device", "The disk is full."),
    BROKEN_DISTRIBUTION(
            "ClassNotFoundException|NoClassDefFoundError|Could not find or load main class|ZipException",
            "Its distribution is incomplete; delete the folder .camunda and run mvn again."),
    UNKNOWN("", "Its log should say why; if nothing helps, delete the folder .camunda and run mvn again.");

    private final Pattern evidence;
    private final String advice;

    StartFailure(String evidence, String advice) {
        this.evidence = Pattern.compile(evidence);
        this.advice = advice;
    }

    static StartFailure of(String log) {
        return Arrays.stream(values())
                .filter(failure -> failure.evidence.matcher(log).find())
                .findFirst()
                .orElse(UNKNOWN);
    }

    String advice() {
        return advice;
    }
}
