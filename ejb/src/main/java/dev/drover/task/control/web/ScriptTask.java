// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.script.ScriptParser;
import dev.drover.task.control.script.ScriptRunner;

/** Several steps on a page and those that follow it, written in the language of {@link dev.drover.task.control.script}. */
public final class ScriptTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(ScriptTask.class, "script.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        return new ScriptRunner(context, ScriptParser.parse(context.params())).run();
    }
}
