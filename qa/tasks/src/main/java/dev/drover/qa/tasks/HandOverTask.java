// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import java.time.Duration;

/** Opens a page, lets a person use it, and tells what stands there afterwards. */
public final class HandOverTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(HandOverTask.class, "handover.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean asksPeople() {
        return true;
    }

    @Override
    public JsonNode run(TaskContext context) throws InterruptedException {
        ObjectNode params = context.params();
        Page page = context.page();
        page.navigate(params.path("url").asText());
        context.progress("handing_over", 50, "Waiting for a person");
        HumanAnswer answer = context.human(HumanRequest.takeOver(
                params.path("prompt").asText(),
                Duration.ofSeconds(params.path("within_seconds").asLong())));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put(
                "handed_back",
                answer instanceof HumanAnswer.Given given && given.value().asBoolean());
        result.put("url", page.url()).put("text", page.innerText("body"));
        return result;
    }
}
