// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import java.nio.charset.StandardCharsets;

/** Reads a page's headlines with their levels, and keeps them as an outline in a text file as well. */
public final class HeadlinesTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(HeadlinesTask.class, "headlines.task.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of them in one call: a call for each would cost a round trip to the browser for each. */
    private static final String READ = """
            deepest => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
              .map(heading => ({level: Number(heading.tagName[1]), text: heading.textContent.replace(/\\s+/g, ' ').trim()}))
              .filter(heading => heading.text && heading.level <= deepest)""";

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        String url = context.params().get("url").asText();
        int deepest = context.params().get("deepest").asInt();
        Page page = context.page();
        // 0 would mean without end.
        double millis = Math.max(1, context.remaining().toNanos() / 1e6);

        context.progress("loading", 10, "Opening " + url);
        Response response = page.navigate(url, new Page.NavigateOptions().setTimeout(millis));
        if (response != null && response.status() >= 400) {
            throw new TaskFailure(
                    ErrorCategory.HTTP_STATUS,
                    "http_" + response.status(),
                    "%s answered with status %d.".formatted(url, response.status()));
        }

        context.progress("reading", 60, "Reading the headlines");
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("url", page.url());
        ArrayNode headlines = result.putArray("headlines");
        StringBuilder outline = new StringBuilder();
        for (JsonNode heading : JSON.<JsonNode>valueToTree(page.evaluate(READ, deepest))) {
            headlines.add(heading);
            outline.append("  ".repeat(heading.get("level").asInt() - 1))
                    .append(heading.get("text").asText())
                    .append('\n');
        }
        if (headlines.isEmpty()) {
            throw new TaskFailure(
                    ErrorCategory.MISSING_SELECTOR, "no_headlines", "%s has no headlines.".formatted(page.url()));
        }
        context.attach(
                ArtifactKind.OTHER,
                "outline.txt",
                "text/plain; charset=utf-8",
                outline.toString().getBytes(StandardCharsets.UTF_8));
        return result;
    }
}
