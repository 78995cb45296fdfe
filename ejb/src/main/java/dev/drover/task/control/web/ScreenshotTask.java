// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ScreenshotType;
import dev.drover.task.control.ArtifactKind;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import java.util.function.Supplier;

/**
 * A picture of a page or of one element. The plain case costs three round trips to the driver and no more: open the
 * page, take the picture, ask for the title.
 */
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
        boolean jpeg = params.get("format").asText().equals("jpeg");
        byte[] picture = picture(web, params, jpeg ? ScreenshotType.JPEG : ScreenshotType.PNG);
        context.attach(
                ArtifactKind.SCREENSHOT,
                jpeg ? "screenshot.jpg" : "screenshot.png",
                jpeg ? "image/jpeg" : "image/png",
                picture);
        return JsonNodeFactory.instance.objectNode().put("url", page.url()).put("title", page.title());
    }

    private static byte[] picture(WebPage web, ObjectNode params, ScreenshotType type) {
        if (params.has("selector")) {
            Locator element = web.visible(params.get("selector").asText(), WebPage.ELEMENT_WAIT);
            Locator.ScreenshotOptions options = new Locator.ScreenshotOptions().setType(type);
            if (params.has("quality")) {
                options.setQuality(params.get("quality").asInt());
            }
            options.setTimeout(web.millis(WebPage.CAPTURE_WAIT));
            return twice(() -> element.screenshot(options));
        }
        Page.ScreenshotOptions options = new Page.ScreenshotOptions()
                .setType(type)
                .setFullPage(params.get("full_page").asBoolean())
                .setTimeout(web.millis(WebPage.CAPTURE_WAIT));
        if (params.has("quality")) {
            options.setQuality(params.get("quality").asInt());
        }
        return twice(() -> web.page().screenshot(options));
    }

    /** Chromium refuses a picture about once in 400 for no reason that shows, and gives it when asked again. */
    private static byte[] twice(Supplier<byte[]> capture) {
        try {
            return capture.get();
        } catch (PlaywrightException e) {
            if (e.getMessage() != null && e.getMessage().contains("Unable to capture screenshot")) {
                return capture.get();
            }
            throw e;
        }
    }
}
