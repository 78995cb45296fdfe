// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Margin;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;

/** A page on paper. */
public final class PdfTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR = TaskDescriptor.fromResource(PdfTask.class, "pdf.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        ObjectNode params = context.params();
        String url = params.get("url").asText();
        WebPage web = new WebPage(context);
        Page page = web.page();

        context.progress("loading", 10, "Opening " + url);
        web.open(url, "load");

        context.progress("printing", 70, "Printing to PDF");
        String title = web.titleOnceFontsAreThere();
        JsonNode result =
                JsonNodeFactory.instance.objectNode().put("url", page.url()).put("title", title);
        context.found(result);
        JsonNode margin = params.path("margin");
        byte[] pdf = page.pdf(new Page.PdfOptions()
                .setFormat(params.get("format").asText())
                .setLandscape(params.get("landscape").asBoolean())
                .setPrintBackground(params.get("print_background").asBoolean())
                .setMargin(new Margin()
                        .setTop(margin.path("top").asText("0"))
                        .setRight(margin.path("right").asText("0"))
                        .setBottom(margin.path("bottom").asText("0"))
                        .setLeft(margin.path("left").asText("0"))));
        context.attach(ArtifactKind.PDF, "page.pdf", "application/pdf", pdf);
        return result;
    }
}
