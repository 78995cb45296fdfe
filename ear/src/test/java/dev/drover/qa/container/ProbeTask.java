// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A task without a browser that tells the tests, in the same JVM, when it ran, and that they can hold back. */
public final class ProbeTask implements AutomationTask {

    public static final String NAME = "probe";

    /** That a job's attempt came to its task. */
    public record Run(String label, Instant startedAt) {}

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(ProbeTask.class, "probe.task.json");
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(20);
    private static final Queue<Run> RUNS = new ConcurrentLinkedQueue<>();
    private static final Map<String, CountDownLatch> HELD = new ConcurrentHashMap<>();

    /** The runs of the jobs whose label begins so, in the order in which they began. */
    public static List<Run> runs(String prefix) {
        return RUNS.stream().filter(run -> run.label().startsWith(prefix)).toList();
    }

    /** Keeps jobs of this label inside their task, until the returned hold is closed. */
    public static Hold hold(String label) {
        CountDownLatch latch = new CountDownLatch(1);
        HELD.put(label, latch);
        return () -> {
            HELD.remove(label);
            latch.countDown();
        };
    }

    /** Lets go of what it holds. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) throws InterruptedException {
        String label = context.params().path("label").asText();
        RUNS.add(new Run(label, Instant.now()));
        int reports = context.params().path("reports").asInt();
        for (int i = 1; i <= reports; i++) {
            context.progress("working", 100.0 * i / (reports + 1), "Report " + i);
        }
        CountDownLatch latch = HELD.get(label);
        if (latch != null && !latch.await(LONGEST_HOLD.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody let go of " + label);
        }
        return context.params();
    }
}
