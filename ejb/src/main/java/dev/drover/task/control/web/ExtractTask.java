// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;

/** Records from a page: the job's result has the shape of the fields that were asked for. */
public final class ExtractTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(ExtractTask.class, "extract.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        ObjectNode params = context.params();
        String url = params.get("url").asText();
        WebPage web = new WebPage(context);

        context.progress("loading", 10, "Opening " + url);
        web.open(url, "load");

        context.progress("extracting", 50, "Reading the fields");
        return new Extraction(web).read((ObjectNode) params.get("fields"), "/fields", WebPage.ELEMENT_WAIT);
    }
}
