// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks things that may hang, each on a thread of its own and for no longer than so long: whoever watches over the database
 * must not hang with it. What has not answered yet is not asked again.
 */
final class PatientReads {

    private static final Logger LOG = Logger.getLogger(PatientReads.class.getName());

    private final ExecutorService threads;
    private final Duration patience;
    private final Map<String, Future<?>> unanswered = new ConcurrentHashMap<>();

    PatientReads(ExecutorService threads, Duration patience) {
        this.threads = threads;
        this.patience = patience;
    }

    /** The answer, or what stands for it when there is none in time. One caller at a time for each name. */
    <T> T read(String name, Callable<T> question, T otherwise) {
        Future<?> before = unanswered.get(name);
        if (before != null && !before.isDone()) {
            return otherwise;
        }
        try {
            Future<T> answer = threads.submit(question);
            unanswered.put(name, answer);
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.log(Level.FINE, "no answer from " + name, e);
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }
}
