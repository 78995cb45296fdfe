// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.impl.TargetClosedError;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.StepFailed;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.web.WebPage;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong in a step, with the step's name before it. */
final class StepFailures {

    /** What Playwright says of an element that is there but cannot do what the step wants of it. */
    private static final Pattern WRONG_ELEMENT = Pattern.compile(
            "(Element is not an? [^\\n']*|Not a checkbox or radio button|Node is not an? [^\\n']*|Unknown key: [^\\n]*"
                    + "|Non-multiple file input [^\\n]*|Cannot type text into [^\\n]*)");

    private StepFailures() {}

    static RuntimeException explained(Step step, RuntimeException e) {
        return switch (e) {
            case TaskFailure failure ->
                failure(step, failure.category(), failure.code(), String.valueOf(failure.getMessage()), failure);
            case TimeoutError timeout -> timeout(step, timeout);
            // Its type is what tells the server that the page has gone.
            case TargetClosedError closed -> closed;
            case PlaywrightException other -> other(step, other);
            default -> e;
        };
    }

    private static RuntimeException timeout(Step step, TimeoutError e) {
        StepHead head = step.head();
        String within = String.format(Locale.ROOT, "%.1f s", head.timeout().toMillis() / 1000.0);
        if (step instanceof Step.WaitFor wait
                && !wait.state().equals("visible")
                && !wait.state().equals("attached")) {
            return failure(
                    step,
                    ErrorCategory.TIMEOUT,
                    "element_still_there",
                    "'%s' was not %s within %s.".formatted(head.target(), wait.state(), within),
                    e);
        }
        boolean found = e.getMessage() != null && e.getMessage().contains("locator resolved to");
        return failure(
                step,
                ErrorCategory.MISSING_SELECTOR,
                found ? "element_not_ready" : "element_not_found",
                found
                        ? "'%s' is on the page, but was not ready within %s: %s."
                                .formatted(head.target(), within, obstacle(String.valueOf(e.getMessage())))
                        : "no element that matches '%s' came within %s.".formatted(head.target(), within),
                e);
    }

    /** Why Playwright kept waiting for an element that it had found, out of the end of its call log. */
    private static String obstacle(String message) {
        if (message.contains("intercepts pointer events")) {
            return "something lies over it";
        }
        Matcher state = Pattern.compile("element is (not [a-z]+|outside of the viewport)")
                .matcher(message);
        String last = "it did not become ready";
        while (state.find()) {
            last = "it is " + state.group(1);
        }
        return message.contains("did not find some options") ? "it has no such option" : last;
    }

    private static RuntimeException other(Step step, PlaywrightException e) {
        String target = String.valueOf(step.head().target());
        if (WebPage.selectorOr(e, target) instanceof TaskFailure failure) {
            return failure(step, failure.category(), failure.code(), String.valueOf(failure.getMessage()), e);
        }
        Matcher wrong = WRONG_ELEMENT.matcher(String.valueOf(e.getMessage()));
        return wrong.find()
                ? failure(
                        step,
                        ErrorCategory.INVALID_INPUT,
                        "wrong_element",
                        wrong.group(1).strip() + ".",
                        e)
                : new StepFailed(step.head().description(), e);
    }

    private static TaskFailure failure(
            Step step, ErrorCategory category, String code, String message, RuntimeException cause) {
        return new TaskFailure(category, code, step.head().description() + ": " + message, cause);
    }
}
