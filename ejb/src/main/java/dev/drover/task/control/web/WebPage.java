// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.microsoft.playwright.options.WaitUntilState;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The page of a run, with what goes wrong on it told apart: a status of 400 or more, an element that is not there, a
 * selector that is none, and time running out are {@link TaskFailure}s of their categories. No wait outlasts the attempt.
 * Other Playwright exceptions pass through, for the server to categorise.
 */
public final class WebPage {

    /** How long an element may keep a task waiting that did not ask for more. */
    public static final Duration ELEMENT_WAIT = Duration.ofSeconds(10);

    /** How long the browser may take over a picture or a PDF of a page that has loaded. */
    public static final Duration CAPTURE_WAIT = Duration.ofSeconds(60);

    /** Kept back from every wait, so that its failure is told by the task rather than by the end of the attempt. */
    private static final Duration RESERVE = Duration.ofMillis(500);

    private final TaskContext context;
    private final Page page;

    public WebPage(TaskContext context) {
        this.context = context;
        this.page = context.page();
    }

    public Page page() {
        return page;
    }

    /**
     * Goes to an address and waits until the page is as far as asked.
     *
     * @param waitUntil {@code load}, {@code domcontentloaded}, {@code networkidle} or {@code commit}
     */
    public void open(String url, String waitUntil) {
        double millis = millis(context.remaining());
        try {
            Response response = page.navigate(
                    url,
                    new Page.NavigateOptions()
                            .setWaitUntil(WaitUntilState.valueOf(waitUntil.toUpperCase(Locale.ROOT)))
                            .setTimeout(millis));
            if (response != null) {
                refuseFailed(response);
            }
        } catch (TimeoutError e) {
            throw new TaskFailure(
                    ErrorCategory.TIMEOUT,
                    "navigation_timeout",
                    "%s did not reach '%s' within %s.".formatted(url, waitUntil, seconds(millis)),
                    e);
        } catch (PlaywrightException e) {
            if (e.getMessage() == null || !e.getMessage().contains("Download is starting")) {
                throw e;
            }
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT,
                    "not_a_page",
                    "%s is a file to download, not a page.".formatted(url),
                    e);
        }
    }

    /** @throws TaskFailure when a page answered with a status of 400 or more */
    public static void refuseFailed(Response response) {
        if (response.status() >= 400) {
            throw HttpFailures.of(
                    response.url(), response.status(), response.headerValue("retry-after"), Instant.now());
        }
    }

    /**
     * Waits for the first element that matches to be visible.
     *
     * @param atMost how long to wait if the attempt's time allows
     */
    public Locator visible(String selector, Duration atMost) {
        return awaited(selector, WaitForSelectorState.VISIBLE, atMost);
    }

    /** Waits for the first element that matches to be in the document, seen or not. */
    public Locator attached(String selector, Duration atMost) {
        return awaited(selector, WaitForSelectorState.ATTACHED, atMost);
    }

    private Locator awaited(String selector, WaitForSelectorState state, Duration atMost) {
        double millis = millis(atMost);
        Locator first = page.locator(selector).first();
        try {
            first.waitFor(new Locator.WaitForOptions().setState(state).setTimeout(millis));
            return first;
        } catch (TimeoutError e) {
            throw missing(selector, state == WaitForSelectorState.VISIBLE ? "visible" : "on the page", millis, e);
        } catch (PlaywrightException e) {
            throw selectorOr(e, selector);
        }
    }

    /**
     * The page's title, asked for when its fonts have loaded, since until then a picture shows others; fonts that never
     * come are not waited for.
     */
    public String titleOnceFontsAreThere() {
        String whenReady = """
                () => Promise.race([document.fonts?.ready, new Promise(enough => setTimeout(enough, 3000))])
                  .then(() => document.title)""";
        Object title;
        try {
            title = page.evaluate(whenReady);
        } catch (PlaywrightException e) {
            if (e.getMessage() == null || !e.getMessage().contains("Execution context was destroyed")) {
                throw e;
            }
            // The page went on to another by script: that one is meant.
            page.waitForLoadState();
            title = page.evaluate(whenReady);
        }
        return String.valueOf(title);
    }

    /** The failure of an element that did not come. */
    public TaskFailure missing(String selector, String expected, double millis, PlaywrightException cause) {
        return new TaskFailure(
                ErrorCategory.MISSING_SELECTOR,
                "element_not_found",
                "No element that matches '%s' was %s within %s on %s."
                        .formatted(selector, expected, seconds(millis), page.url()),
                cause);
    }

    /** The failure of a selector that does not parse, else the exception as it is. */
    public static RuntimeException selectorOr(PlaywrightException e, String selector) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        boolean selectorsFault = message.contains("while parsing")
                || message.contains("is not a valid selector")
                || message.contains("is not a valid XPath")
                || message.contains("Unknown engine");
        return selectorsFault
                ? new TaskFailure(
                        ErrorCategory.INVALID_INPUT,
                        "bad_selector",
                        "'%s' is not a selector that the browser understands.".formatted(selector),
                        e)
                : e;
    }

    /** What a wait may last in milliseconds: at most the given time and what is left of the attempt; never 0 (endless). */
    public double millis(Duration atMost) {
        Duration left = context.remaining().minus(RESERVE);
        return Math.max(1, (left.compareTo(atMost) < 0 ? left : atMost).toMillis());
    }

    private static String seconds(double millis) {
        return millis < 10_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1000)
                : String.format(Locale.ROOT, "%.0f s", millis / 1000);
    }
}
