// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;

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
        Extraction extraction = new Extraction(web);
        ObjectNode fields = (ObjectNode) params.get("fields");
        try {
            return extraction.read(fields, "/fields", WebPage.ELEMENT_WAIT);
        } catch (TaskFailure failure) {
            if (failure.category() == ErrorCategory.MISSING_SELECTOR) {
                context.found(extraction.read(optional(fields), "/fields", Duration.ofMillis(1)));
            }
            throw failure;
        }
    }

    /** The same fields, of which none must be there. */
    private static ObjectNode optional(ObjectNode fields) {
        ObjectNode all = fields.deepCopy();
        all.forEach(field -> {
            ObjectNode one = (ObjectNode) field;
            one.put("optional", true);
            if (one.get("fields") instanceof ObjectNode nested) {
                one.set("fields", optional(nested));
            }
        });
        return all;
    }
}
