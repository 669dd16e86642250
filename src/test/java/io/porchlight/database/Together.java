package io.porchlight.database;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Many who do the same at the same moment. */
public final class Together {

    private static final int PATIENCE_IN_SECONDS = 30;

    private Together() {}

    /** Lets so many threads start at once, numbered from 0, and returns what each came back with. */
    public static <T> List<T> all(int many, IntFunction<T> task) {
        var start = new CyclicBarrier(many);
        try (var threads = Executors.newFixedThreadPool(many)) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < many; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await(PATIENCE_IN_SECONDS, SECONDS);
                    return task.apply(number);
                }));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get(PATIENCE_IN_SECONDS, SECONDS));
            }
            return results;
        } catch (InterruptedException | ExecutionException | TimeoutException broken) {
            throw new AssertionError("One of " + many + " did not get through", broken);
        }
    }
}
