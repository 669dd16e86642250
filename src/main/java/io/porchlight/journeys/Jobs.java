package io.porchlight.journeys;

import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What becomes of a job, decided in one place: done (completed, with retries), not now (given back, without using up its
 * retries), or a bug (an incident that a person sees).
 */
@Component
class Jobs {

    /** Something is not there yet; the job comes again. */
    static class NotNow extends RuntimeException {
        NotNow(String message) {
            super(message);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_TRIES = 8;
    private static final Duration SOON = Duration.ofSeconds(1);

    void run(JobClient engine, ActivatedJob job, Runnable work) {
        try {
            work.run();
            complete(engine, job, 1);
        } catch (NotNow
                | TransientDataAccessException
                | RecoverableDataAccessException
                | NonTransientDataAccessResourceException
                | TransactionException
                | ClientException wait) {
            // How a database goes away: before, during or at the end of a transaction; and how the engine does.
            giveBack(engine, job, job.getRetries(), wait);
        } catch (RuntimeException bug) {
            log.error("The job {} of {} cannot be done; an incident is raised", job.getType(), job.getElementId(), bug);
            giveBack(engine, job, 0, bug);
        }
    }

    private void giveBack(JobClient engine, ActivatedJob job, int retries, RuntimeException why) {
        engine.newFailCommand(job)
                .retries(retries)
                .retryBackoff(SOON)
                .errorMessage(String.valueOf(why.getMessage()))
                .send()
                .whenComplete((done, trouble) -> {
                    if (trouble != null) {
                        log.debug("The job {} comes again when it times out: {}", job.getKey(), trouble.getMessage());
                    }
                });
    }

    private void complete(JobClient engine, ActivatedJob job, int attempt) {
        engine.newCompleteCommand(job).send().whenComplete((done, trouble) -> {
            if (trouble == null || Answers.notFound(trouble)) {
                return;
            }
            if (attempt == MOST_TRIES) {
                log.warn(
                        "The job {} was done, but the engine does not hear so ({}); it comes again and changes nothing",
                        job.getKey(),
                        trouble.getMessage());
                return;
            }
            CompletableFuture.delayedExecutor(pause(attempt), TimeUnit.MILLISECONDS)
                    .execute(() -> complete(engine, job, attempt + 1));
        });
    }

    private static long pause(int attempt) {
        return ThreadLocalRandom.current().nextLong(50L << attempt);
    }
}
