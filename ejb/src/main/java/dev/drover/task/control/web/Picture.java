// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.util.Base64;
import java.util.function.Supplier;

/** Takes pictures of a page, each with a second try where the browser refuses the first. */
public final class Picture {

    private final WebPage web;

    public Picture(WebPage web) {
        this.web = web;
    }

    /**
     * A PNG of what fits into the viewport. Chromium is asked to compress it for speed, which Playwright does not do:
     * the job takes a fifth less time for a file that is a third larger and shows the same.
     */
    public byte[] ofViewport() {
        Page page = web.page();
        Browser browser = page.context().browser();
        if (browser == null || !browser.browserType().name().equals("chromium")) {
            return ofPage(new Page.ScreenshotOptions());
        }
        JsonObject how = new JsonObject();
        how.addProperty("format", "png");
        how.addProperty("optimizeForSpeed", true);
        // Left attached: it ends with the page, and detaching would cost another round trip.
        var devTools = page.context().newCDPSession(page);
        return twice(() -> Base64.getDecoder()
                .decode(devTools.send("Page.captureScreenshot", how).get("data").getAsString()));
    }

    public byte[] ofPage(Page.ScreenshotOptions options) {
        options.setTimeout(web.millis(WebPage.CAPTURE_WAIT));
        return twice(() -> web.page().screenshot(options));
    }

    public byte[] ofElement(Locator element, Locator.ScreenshotOptions options) {
        options.setTimeout(web.millis(WebPage.CAPTURE_WAIT));
        return twice(() -> element.screenshot(options));
    }

    private static byte[] twice(Supplier<byte[]> capture) {
        try {
            return capture.get();
        } catch (TimeoutError e) {
            throw new TaskFailure(
                    ErrorCategory.TIMEOUT, "capture_timeout", "The browser did not draw the page in time.", e);
        } catch (PlaywrightException e) {
            // About once in 400 pictures, for no reason that shows; the next try succeeds.
            if (e.getMessage() != null && e.getMessage().contains("Unable to capture screenshot")) {
                return capture.get();
            }
            throw e;
        }
    }
}
