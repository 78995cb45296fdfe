// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.time.Instant;

/** Does nothing, as fast or as slowly as it is told: what is left is what a job costs by itself. */
public final class NoopTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(NoopTask.class, "noop.task.json");
    private static final Duration NAP = Duration.ofMillis(50);

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) throws InterruptedException {
        ObjectNode params = context.params();
        int reports = params.path("progress").asInt();
        Duration pace = Duration.ofMillis(params.path("progress_every_ms").asLong());
        for (int i = 1; i <= reports; i++) {
            context.progress("working", 100.0 * i / (reports + 1), "Report " + i + " of " + reports);
            sleep(pace, context);
        }
        sleep(Duration.ofMillis(params.path("sleep_ms").asLong()), context);
        if (params.has("found")) {
            context.found(params.get("found"));
        }
        if (params.path("fail").asBoolean()) {
            throw new TaskFailure(ErrorCategory.INTERNAL, "asked_to_fail", "This job was asked to fail.");
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        if (params.has("payload")) {
            result.set("payload", params.get("payload"));
        }
        return result;
    }

    private static void sleep(Duration time, TaskContext context) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        for (Duration left = time; left.isPositive(); left = Duration.between(Instant.now(), end)) {
            Thread.sleep(left.compareTo(NAP) < 0 ? left : NAP);
            context.checkCancelled();
        }
    }
}
