// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;

/** A picture of a page or of one element on it. */
public final class ScreenshotTask implements AutomationTask {

    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(ScreenshotTask.class, "screenshot.task.json");

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public JsonNode run(TaskContext context) {
        ObjectNode params = context.params();
        WebPage web = new WebPage(context);
        Page page = web.page();
        String url = params.get("url").asText();
        JsonNode viewport = params.get("viewport");
        if (viewport != null) {
            page.setViewportSize(
                    viewport.get("width").asInt(), viewport.get("height").asInt());
        }

        context.progress("loading", 10, "Opening " + url);
        web.open(url, params.get("wait_until").asText());
        if (params.has("wait_for")) {
            web.visible(params.get("wait_for").asText(), context.remaining());
        }

        context.progress("capturing", 70, "Taking the picture");
        String title = web.titleOnceFontsAreThere();
        JsonNode result =
                JsonNodeFactory.instance.objectNode().put("url", page.url()).put("title", title);
        context.found(result);
        boolean jpeg = params.get("format").asText().equals("jpeg");
        context.attach(
                ArtifactKind.SCREENSHOT,
                jpeg ? "screenshot.jpg" : "screenshot.png",
                jpeg ? "image/jpeg" : "image/png",
                jpeg ? jpeg(web, params) : png(web, params));
        return result;
    }

    private static byte[] png(WebPage web, ObjectNode params) {
        Picture picture = new Picture(web);
        if (params.has("selector")) {
            return picture.ofElement(element(web, params), new Locator.ScreenshotOptions());
        }
        boolean fullPage = params.get("full_page").asBoolean();
        return fullPage ? picture.ofPage(new Page.ScreenshotOptions().setFullPage(true)) : picture.ofViewport();
    }

    private static byte[] jpeg(WebPage web, ObjectNode params) {
        Picture picture = new Picture(web);
        int quality = params.path("quality").asInt(80);
        if (params.has("selector")) {
            return picture.ofElement(
                    element(web, params),
                    new Locator.ScreenshotOptions().setType(ScreenshotType.JPEG).setQuality(quality));
        }
        return picture.ofPage(new Page.ScreenshotOptions()
                .setType(ScreenshotType.JPEG)
                .setQuality(quality)
                .setFullPage(params.get("full_page").asBoolean()));
    }

    private static Locator element(WebPage web, ObjectNode params) {
        return web.visible(params.get("selector").asText(), WebPage.ELEMENT_WAIT);
    }
}
