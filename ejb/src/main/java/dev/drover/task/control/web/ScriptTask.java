// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ParamsCheck;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.script.ScriptParser;
import dev.drover.task.control.script.ScriptRunner;
import java.util.List;

/** Several steps on a page and those that follow it, written in the language of {@link dev.drover.task.control.script}. */
public final class ScriptTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(ScriptTask.class, "script.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ParamsCheck.Violation> objections(ObjectNode params) {
        boolean begins = params.hasNonNull("start_url")
                || params.path("steps").path(0).path("action").asText().equals("goto");
        return begins
                ? List.of()
                : List.of(new ParamsCheck.Violation("/start_url", "is required unless the first step is a goto"));
    }

    @Override
    public JsonNode run(TaskContext context) {
        return new ScriptRunner(context, ScriptParser.parse(context.params())).run();
    }
}
