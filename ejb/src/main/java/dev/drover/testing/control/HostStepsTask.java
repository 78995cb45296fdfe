// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.host.control.HostClient;
import dev.drover.host.control.HostDispatcher.Answered;
import dev.drover.host.control.Hosts;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a registered host do several things, one after the other. Where any host will do, the one that takes the first step gets
 * all of them: what a step does is there for the next.
 */
public final class HostStepsTask implements AutomationTask {

    /** Of the task. */
    static final String NAME = "host-steps";

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(HostStepsTask.class, NAME + ".task.json");
    private static final String DEVICE = "device_id";
    private static final int LARGEST_ANSWER = 4096;
    private static final int LONGEST_REASON = 500;

    private final Supplier<Hosts> hosts;

    /** Found by its name among the tasks, and not made by the container. */
    public HostStepsTask() {
        this(() -> CDI.current().select(Hosts.class).get());
    }

    HostStepsTask(Supplier<Hosts> hosts) {
        this.hosts = hosts;
    }

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean isForAdministrators() {
        return true;
    }

    @Override
    public JsonNode run(TaskContext context) throws InterruptedException {
        ObjectNode params = context.params();
        JsonNode steps = params.path("steps");
        String capability =
                params.hasNonNull("capability") ? params.path("capability").asText() : null;
        String host = params.path("host").asText(Hosts.ANY);
        ArrayNode log = Json.MAPPER.createArrayNode();
        for (int i = 0; i < steps.size(); i++) {
            ObjectNode step = steps.get(i).deepCopy();
            String action = step.path("action").asText();
            context.progress(
                    "running", 100.0 * i / steps.size(), "Step %d of %d: %s".formatted(i + 1, steps.size(), action));
            if (params.hasNonNull(DEVICE) && !step.hasNonNull(DEVICE)) {
                step.set(DEVICE, params.get(DEVICE));
            }
            ObjectNode entry = log.addObject().put("index", i + 1).put("action", action);
            long began = System.nanoTime();
            try {
                Answered answered = ask(host, capability, step);
                host = answered.host();
                entry.set("answer", shown(answered.answer()));
                refuseUnlessDone(i + 1, action, host, answered.answer());
                ended(entry, "passed", began);
            } catch (TaskFailure e) {
                ended(entry, "failed", began);
                context.attach(
                        ArtifactKind.RESULT,
                        "steps.json",
                        "application/json",
                        log.toPrettyString().getBytes(StandardCharsets.UTF_8));
                throw e;
            }
        }
        return Json.MAPPER.createObjectNode().put("host", host).set("steps", log);
    }

    private static void ended(ObjectNode entry, String status, long began) {
        entry.put("status", status).put("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    private Answered ask(String host, @Nullable String capability, ObjectNode step) throws InterruptedException {
        try {
            return hosts.get().execute(host, capability, step.toString());
        } catch (DroverException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            boolean mayHelpLater = e.code() == ErrorCode.HOST_UNREACHABLE || e.code() == ErrorCode.UNAVAILABLE;
            throw new TaskFailure(
                    mayHelpLater ? ErrorCategory.NETWORK : ErrorCategory.INVALID_INPUT,
                    mayHelpLater ? "host_unreachable" : "no_such_host",
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    private static void refuseUnlessDone(int index, String action, String host, HostClient.Answer answer) {
        String where = "Step %d (%s) on '%s'".formatted(index, action, host);
        if (answer.status() / 100 != 2) {
            throw new TaskFailure(
                    ErrorCategory.HTTP_STATUS,
                    "host_" + answer.status(),
                    where + " was answered with " + answer.status() + reason(json(answer)));
        }
        JsonNode body = json(answer);
        if (body != null
                && body.path("success").isBoolean()
                && !body.path("success").asBoolean()) {
            throw new TaskFailure(ErrorCategory.EXPECTATION, "step_failed", where + " failed" + reason(body));
        }
    }

    /** What a host says of its failure, where it says it as the test backend's hosts do or by problem details. */
    private static String reason(@Nullable JsonNode body) {
        if (body != null) {
            for (String field : new String[] {"error", "message", "detail"}) {
                String text = body.path(field).asText();
                if (!text.isEmpty()) {
                    return ": " + (text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text);
                }
            }
        }
        return ".";
    }

    private static JsonNode shown(HostClient.Answer answer) {
        JsonNode body = answer.body().length() <= LARGEST_ANSWER ? json(answer) : null;
        return body == null
                ? Json.MAPPER.createObjectNode().put("bytes", answer.body().length())
                : body;
    }

    private static @Nullable JsonNode json(HostClient.Answer answer) {
        try {
            JsonNode body = Json.MAPPER.readTree(answer.body());
            return body.isMissingNode() ? null : body;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
