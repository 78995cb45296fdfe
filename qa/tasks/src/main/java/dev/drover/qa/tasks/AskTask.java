// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a person one thing, and returns the answer. */
public final class AskTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(AskTask.class, "ask.task.json");

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
        List<String> choices = new ArrayList<>();
        params.path("choices").forEach(choice -> choices.add(choice.asText()));
        context.progress("asking", 50, "Asking");
        HumanAnswer answer = context.human(new HumanRequest(
                HumanRequest.Kind.ofWireName(params.path("kind").asText()),
                params.path("prompt").asText(),
                choices,
                Duration.ofSeconds(params.path("within_seconds").asLong())));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        switch (answer) {
            case HumanAnswer.Given given -> result.set("answer", given.value());
            case HumanAnswer.WentOn wentOn -> result.put("went_on", true);
            case HumanAnswer.TooLate tooLate -> result.put("too_late", true);
        }
        return result;
    }
}
