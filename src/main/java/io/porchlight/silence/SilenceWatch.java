package io.porchlight.silence;

import io.porchlight.wakeups.BackgroundWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks once a minute whether some customer's time is up. */
@Component
class SilenceWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SilenceWatch.class);
    private static final int AT_ONCE = 100;

    private final Silences silences;
    private final SilenceSettings settings;
    private final BackgroundWorker worker = new BackgroundWorker("silence", this::work);

    SilenceWatch(Silences silences, SilenceSettings settings) {
        this.silences = silences;
        this.settings = settings;
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }

    /** Rests first: an application that has just started has more urgent things to do. */
    private void work() {
        worker.rest(settings.look());
        while (isRunning()) {
            try {
                if (silences.look(AT_ONCE) < AT_ONCE) {
                    worker.rest(settings.look());
                }
            } catch (RuntimeException trouble) {
                log.warn(
                        "Silence is not watched for now: {}; trying again in {} s",
                        trouble.getMessage(),
                        settings.look().toSeconds());
                worker.rest(settings.look());
            }
        }
    }
}
