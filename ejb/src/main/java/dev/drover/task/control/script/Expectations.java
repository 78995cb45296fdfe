// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.web.WebPage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The steps that say how the page must be. Each gives the page its time to become so. */
final class Expectations {

    private static final double PAUSE_MILLIS = 50;
    private static final int LONGEST_QUOTE = 200;

    /** The text of the first element, or what a form field holds; null while there is none. */
    private static final String TEXT = """
            elements => elements.length === 0 ? null
              : /^(INPUT|TEXTAREA|SELECT)$/.test(elements[0].tagName) ? elements[0].value : elements[0].innerText""";

    private final WebPage web;
    private final Page page;
    private final Variables variables;

    Expectations(WebPage web, Variables variables) {
        this.web = web;
        this.page = web.page();
        this.variables = variables;
    }

    void text(Step.ExpectText step) {
        String selector = variables.fillIn(step.selector());
        String expected = variables.fillIn(step.text());
        Locator locator = page.locator(selector);
        boolean held = holdsInTime(step, () -> {
            Object actual = locator.evaluateAll(TEXT);
            return actual != null && step.match().holds(expected, actual.toString());
        });
        if (!held) {
            Object actual = locator.evaluateAll(TEXT);
            throw failed(
                    "text_differs",
                    "expected text that %s '%s' in '%s', but %s."
                            .formatted(
                                    step.match().wireName(),
                                    shortened(expected),
                                    selector,
                                    actual == null
                                            ? "no element matches"
                                            : "it is '" + shortened(Match.collapsed(actual.toString())) + "'"),
                    null);
        }
    }

    void url(Step.ExpectUrl step) {
        String expected = variables.fillIn(step.url());
        if (!holdsInTime(step, () -> step.match().holds(expected, page.url()))) {
            throw failed(
                    "url_differs",
                    "expected an address that %s '%s', but it is '%s'."
                            .formatted(step.match().wireName(), expected, page.url()),
                    null);
        }
    }

    void visible(Step.ExpectVisible step) {
        String selector = variables.fillIn(step.selector());
        WaitForSelectorState state = step.visible() ? WaitForSelectorState.VISIBLE : WaitForSelectorState.HIDDEN;
        try {
            page.locator(selector)
                    .first()
                    .waitFor(new Locator.WaitForOptions()
                            .setState(state)
                            .setTimeout(web.millis(step.head().timeout())));
        } catch (TimeoutError e) {
            throw failed(
                    step.visible() ? "not_visible" : "still_visible",
                    step.visible()
                            ? "expected '%s' to be visible, but it is not.".formatted(selector)
                            : "expected '%s' not to be visible, but it is.".formatted(selector),
                    e);
        }
    }

    /** Whether an element is visible, or becomes so in time; for decisions rather than expectations. */
    boolean isVisible(Template selector, Duration timeout) {
        Locator first = page.locator(variables.fillIn(selector)).first();
        if (timeout.isZero()) {
            return first.isVisible();
        }
        try {
            first.waitFor(new Locator.WaitForOptions().setTimeout(web.millis(timeout)));
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }

    private boolean holdsInTime(Step step, BooleanSupplier condition) {
        long end = System.nanoTime() + (long) (web.millis(step.head().timeout()) * 1e6);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            // Playwright hears what the page does only while it waits.
            page.waitForTimeout(PAUSE_MILLIS);
        }
        return true;
    }

    private static TaskFailure failed(String code, String message, @Nullable Throwable cause) {
        return new TaskFailure(ErrorCategory.EXPECTATION, code, message, cause);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
