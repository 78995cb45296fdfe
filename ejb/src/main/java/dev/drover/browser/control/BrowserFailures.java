// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.impl.TargetClosedError;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does wrong, in the categories of a job's error and in words for its owner. */
final class BrowserFailures {

    private static final System.Logger LOG = System.getLogger(BrowserFailures.class.getName());

    static final Verdict BROWSER_DIED = Verdict.crashed("browser_died", "The browser ended while the run went on.");

    private static final Pattern NETWORK_ERROR = Pattern.compile("(?:net::|NS_)(?:ERR_|ERROR_)?([A-Z0-9_]+)");
    private static final Pattern AWAITED = Pattern.compile("waiting for (.+)");
    private static final int LONGEST_MESSAGE = 300;

    private BrowserFailures() {}

    /** Why a run ended whose work threw. */
    static Verdict verdict(Throwable problem, LiveBrowser browser) {
        return switch (problem) {
            case TaskFailure failure -> new Verdict.Failed(failure);
            case TaskCancelled cancelled -> new Verdict.Cancelled();
            case InterruptedException interrupted -> new Verdict.Cancelled();
            case PlaywrightException failure -> browser.alive() ? new Verdict.Failed(failure(failure)) : BROWSER_DIED;
            default -> {
                LOG.log(System.Logger.Level.ERROR, "DROVER2005 a task failed with an exception of its own", problem);
                yield new Verdict.Failed(new TaskFailure(
                        ErrorCategory.INTERNAL,
                        "task_defect",
                        "The task failed for a reason that is in the server's log.",
                        problem));
            }
        };
    }

    static TaskFailure failure(PlaywrightException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof TimeoutError) {
            return timeout(e, message);
        }
        if (e instanceof TargetClosedError || message.contains("Target closed")) {
            return new TaskFailure(ErrorCategory.CRASH, "page_closed", "The page closed itself, or was closed.", e);
        }
        if (message.contains("crashed")) {
            return new TaskFailure(ErrorCategory.CRASH, "page_crashed", "The page crashed.", e);
        }
        Matcher network = NETWORK_ERROR.matcher(message);
        if (network.find()) {
            return network(e, network.group(1));
        }
        return new TaskFailure(ErrorCategory.INTERNAL, "browser_error", firstLine(e), e);
    }

    private static TaskFailure timeout(PlaywrightException e, String message) {
        Matcher awaited = AWAITED.matcher(message);
        if (message.contains("navigat") || !awaited.find()) {
            return new TaskFailure(ErrorCategory.TIMEOUT, "page_timeout", "The page did not load in time.", e);
        }
        return new TaskFailure(
                ErrorCategory.MISSING_SELECTOR,
                "element_not_found",
                shortened("Not on the page in time: " + awaited.group(1)),
                e);
    }

    private static TaskFailure network(PlaywrightException e, String error) {
        ErrorCategory category = error.startsWith("CERT_") || error.contains("SSL") || error.contains("SEC_ERROR")
                ? ErrorCategory.CERTIFICATE
                : ErrorCategory.NETWORK;
        String code = "net_" + error.toLowerCase(java.util.Locale.ROOT);
        return new TaskFailure(category, code, shortened("The site cannot be reached: " + error), e);
    }

    /** The first line of a message without what Playwright puts before it. */
    static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage());
        Matcher quoted = Pattern.compile("message='(.*)").matcher(message);
        String text =
                quoted.find() ? quoted.group(1) : message.lines().findFirst().orElse("");
        return shortened(text.replaceFirst("^Error( \\{)?:? ?", "").strip());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
