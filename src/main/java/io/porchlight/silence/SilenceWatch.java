package io.porchlight.silence;

import io.porchlight.wakeups.BackgroundWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks once a minute whether some customer's time is up. */
@Component
class SilenceWatch extends BackgroundWorker {

    private static final Logger log = LoggerFactory.getLogger(SilenceWatch.class);
    private static final int AT_ONCE = 100;

    private final Silences silences;
    private final SilenceSettings settings;

    SilenceWatch(Silences silences, SilenceSettings settings) {
        super("silence");
        this.silences = silences;
        this.settings = settings;
    }

    /** Rests first: an application that has just started has more urgent things to do. */
    @Override
    protected void work() {
        rest(settings.look());
        while (isRunning()) {
            try {
                if (silences.look(AT_ONCE) < AT_ONCE) {
                    rest(settings.look());
                }
            } catch (RuntimeException trouble) {
                log.warn(
                        "Silence is not watched for now: {}; trying again in {} s",
                        trouble.getMessage(),
                        settings.look().toSeconds());
                rest(settings.look());
            }
        }
    }
}
