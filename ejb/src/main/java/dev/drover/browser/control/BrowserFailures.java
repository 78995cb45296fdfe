// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.impl.TargetClosedError;
import dev.drover.browser.control.egress.Traffic;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a browser does wrong, in the categories of a job's error and in words for its owner. */
final class BrowserFailures {

    private static final System.Logger LOG = System.getLogger(BrowserFailures.class.getName());

    static final Verdict BROWSER_DIED = Verdict.crashed("browser_died", "The browser ended while the run went on.");

    static final Verdict PAGE_CRASHED = Verdict.crashed("page_crashed", "The page crashed.");

    /** {@code net::ERR_CERT_DATE_INVALID} in Chromium, {@code NS_ERROR_UNKNOWN_HOST} or {@code SEC_ERROR_…} in Firefox. */
    private static final Pattern NETWORK_ERROR =
            Pattern.compile("net::ERR_([A-Z0-9_]+)|NS_ERROR_([A-Z0-9_]+)|((?:SEC|SSL|MOZILLA_PKIX)_ERROR_[A-Z0-9_]+)");

    /** How a browser sees a connection that the egress proxy has ended. */
    private static final Pattern ENDED_BY_PROXY = Pattern.compile(
            "EMPTY_RESPONSE|TUNNEL_CONNECTION_FAILED|CONNECTION_CLOSED|CONNECTION_RESET|PROXY_[A-Z_]+|NET_EMPTY_RESPONSE"
                    + "|NET_INTERRUPT|NET_RESET|UNKNOWN_PROXY_HOST");

    private static final Pattern CERTIFICATE = Pattern.compile("CERT_.*|.*SSL.*|SEC_ERROR.*|MOZILLA_PKIX.*");
    private static final Pattern AWAITED = Pattern.compile("waiting for ((?:get|locator|frame).*)");
    private static final Pattern SOCKET =
            Pattern.compile("socket hang up|ECONNRESET|Proxy connection ended|statusCode=40");
    private static final Pattern LAST_WORDS =
            Pattern.compile("\\[err\\] (.*(?:[Ee]rror|[Cc]annot|[Ff]ail|[Dd]enied|[Nn]o such).*)");
    private static final Pattern DRIVER_GONE =
            Pattern.compile("pipe closed|Playwright connection closed|Failed to (?:send|read) message");
    private static final Pattern EXIT = Pattern.compile("process did exit: exitCode=(\\d+)");
    private static final int LONGEST_MESSAGE = 300;

    private BrowserFailures() {}

    /** The browser is ended for it; with the next one the page would do the same. */
    static Verdict tooHeavy(long most) {
        TaskFailure failure = new TaskFailure(
                ErrorCategory.CRASH,
                "browser_memory",
                "The page made its browser take more than %d MB.".formatted(most / (1024 * 1024)));
        return new Verdict.Failed(failure.recoverBy(Recovery.FAIL));
    }

    /** Of a run that has no outcome although its worker is done with it. */
    static TaskFailure workerDefect() {
        return new TaskFailure(
                ErrorCategory.INTERNAL,
                "worker_defect",
                "The browser worker failed for a reason that is in the server's log.");
    }

    /** Whether the browser or its page is beyond being asked for anything. */
    static boolean isCrash(@Nullable Verdict verdict) {
        return verdict instanceof Verdict.Failed failed && failed.failure().category() == ErrorCategory.CRASH;
    }

    static Verdict tooLarge(long budget) {
        return new Verdict.Failed(new TaskFailure(
                ErrorCategory.TOO_LARGE,
                "page_too_large",
                "The run loaded more than %d MB.".formatted(budget / (1024 * 1024))));
    }

    /** Why a run ended whose work threw. */
    static Verdict verdict(Throwable problem, LiveBrowser browser, @Nullable OpenContext context, Traffic traffic) {
        return switch (problem) {
            case TaskFailure failure -> new Verdict.Failed(failure);
            case TaskCancelled cancelled -> new Verdict.Cancelled();
            case InterruptedException interrupted -> Verdict.SERVER_STOPS; // Others leave a verdict with the interrupt.
            case PlaywrightException failure -> ofPlaywright(failure, browser, context, traffic);
            default -> defect(problem);
        };
    }

    private static Verdict ofPlaywright(
            PlaywrightException e, LiveBrowser browser, @Nullable OpenContext context, Traffic traffic) {
        if (e.getCause() instanceof InterruptedException) {
            return Verdict.SERVER_STOPS;
        }
        return browser.usable() && !isDriverGone(e) ? new Verdict.Failed(failure(e, context, traffic)) : BROWSER_DIED;
    }

    /** The pipe to a driver that was killed ends before the driver counts as ended. */
    static boolean isDriverGone(Exception problem) {
        return problem instanceof PlaywrightException
                && DRIVER_GONE.matcher(String.valueOf(problem.getMessage())).find();
    }

    /** Whether the page went to another address while it was asked for something. */
    static boolean isPageReplaced(PlaywrightException problem) {
        return String.valueOf(problem.getMessage()).contains("Execution context was destroyed");
    }

    /** Whether Chromium shows a page of its own in the place of one that it could not load. */
    static boolean hasErrorPage(PlaywrightException problem) {
        return String.valueOf(problem.getMessage()).contains("net::ERR_");
    }

    /**
     * Why something that was to be done with the page of a held browser was not.
     *
     * @param alive whether the browser still runs
     */
    static TaskFailure ofAction(Exception problem, boolean alive, Traffic traffic) {
        if (!alive || isDriverGone(problem)) {
            return new TaskFailure(ErrorCategory.CRASH, "browser_died", "The browser has ended.", problem);
        }
        if (problem instanceof InterruptedException || problem.getCause() instanceof InterruptedException) {
            return new TaskFailure(ErrorCategory.LOST_WORKER, "server_stopped", "The server stops.", problem);
        }
        if (problem instanceof PlaywrightException known) {
            return failure(known, null, traffic);
        }
        LOG.log(System.Logger.Level.ERROR, "DROVER2019 an action failed with an exception of its own", problem);
        return new TaskFailure(
                ErrorCategory.INTERNAL,
                "action_defect",
                "The action failed for a reason that is in the server's log.",
                problem);
    }

    /** What lies behind the end of a run from outside, where that is known better. */
    static Verdict explained(Verdict verdict, @Nullable OpenContext context, Traffic traffic) {
        Traffic.Trouble trouble = traffic.lastTrouble();
        boolean overdue =
                verdict instanceof Verdict.Failed failed && failed.failure().category() == ErrorCategory.TIMEOUT;
        return overdue && trouble != null && onErrorPage(context)
                ? new Verdict.Failed(network(null, trouble))
                : verdict;
    }

    /** A click may lead to a page that cannot be reached, where nothing of what is awaited will ever show. */
    private static boolean onErrorPage(@Nullable OpenContext context) {
        return context != null && context.url().startsWith("chrome-error:");
    }

    private static Verdict defect(Throwable problem) {
        LOG.log(System.Logger.Level.ERROR, "DROVER2005 a task failed with an exception of its own", problem);
        return new Verdict.Failed(new TaskFailure(
                ErrorCategory.INTERNAL,
                "task_defect",
                "The task failed for a reason that is in the server's log.",
                problem));
    }

    private static TaskFailure failure(PlaywrightException e, @Nullable OpenContext context, Traffic traffic) {
        String message = String.valueOf(e.getMessage());
        Traffic.Trouble trouble = traffic.lastTrouble();
        if (e instanceof TimeoutError) {
            return trouble != null && onErrorPage(context) ? network(e, trouble) : timeout(e, message);
        }
        if (e instanceof TargetClosedError || message.contains("Target closed")) {
            return new TaskFailure(ErrorCategory.CRASH, "page_closed", "The page closed itself, or was closed.", e);
        }
        if (message.contains("crashed")) {
            return new TaskFailure(ErrorCategory.CRASH, "page_crashed", "The page crashed.", e);
        }
        Matcher error = NETWORK_ERROR.matcher(message);
        if (error.find()) {
            String name = firstGroup(error);
            return trouble != null && ENDED_BY_PROXY.matcher(name).matches() ? network(e, trouble) : network(e, name);
        }
        if (trouble != null && SOCKET.matcher(message).find()) {
            return network(e, trouble);
        }
        if (message.contains("Cannot navigate to invalid URL") || message.contains("is not a valid selector")) {
            return new TaskFailure(ErrorCategory.INVALID_INPUT, "invalid_input", firstLine(e), e);
        }
        return new TaskFailure(ErrorCategory.INTERNAL, "browser_error", firstLine(e), e);
    }

    private static TaskFailure timeout(PlaywrightException e, String message) {
        Matcher awaited = AWAITED.matcher(message);
        if (!awaited.find()) {
            return new TaskFailure(ErrorCategory.TIMEOUT, "page_timeout", "The page did not load in time.", e);
        }
        boolean found = message.contains("locator resolved to");
        return new TaskFailure(
                ErrorCategory.MISSING_SELECTOR,
                found ? "element_not_ready" : "element_not_found",
                shortened((found ? "On the page, but not ready in time: " : "Not on the page in time: ")
                        + awaited.group(1).strip()),
                e);
    }

    private static TaskFailure network(@Nullable PlaywrightException e, Traffic.Trouble trouble) {
        String host = trouble.host();
        return switch (trouble.cause()) {
            case REFUSED_ADDRESS ->
                new TaskFailure(
                        ErrorCategory.REFUSED_ADDRESS,
                        "address_refused",
                        shortened("The address of " + host + " is not one that pages may reach."),
                        e);
            case NAME_NOT_RESOLVED -> unreachable(e, "net_name_not_resolved", "There is no host named " + host + ".");
            case CONNECTION_REFUSED ->
                unreachable(e, "net_connection_refused", host + " does not accept connections on this port.");
            case CONNECTION_TIMED_OUT -> unreachable(e, "net_connection_timed_out", host + " does not answer.");
            case ADDRESS_UNREACHABLE -> unreachable(e, "net_address_unreachable", host + " cannot be reached.");
            case PROXY_FAILED -> unreachable(e, "net_proxy_failed", "The proxy does not connect to " + host + ".");
        };
    }

    private static TaskFailure network(PlaywrightException e, String error) {
        String code = "net_" + error.toLowerCase(Locale.ROOT);
        if (CERTIFICATE.matcher(error).matches()) {
            return new TaskFailure(
                    ErrorCategory.CERTIFICATE, code, "The site's certificate is not to be trusted (" + error + ").", e);
        }
        return unreachable(
                e,
                code,
                error.contains("REDIRECT")
                        ? "The site redirects without end."
                        : "The site cannot be reached (" + error + ").");
    }

    private static TaskFailure unreachable(@Nullable PlaywrightException e, String code, String message) {
        return new TaskFailure(ErrorCategory.NETWORK, code, shortened(message), e);
    }

    private static String firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return matcher.group();
    }

    /** Why a browser did not start, in a sentence: what it said itself, else how it ended. */
    static String ofLaunch(RuntimeException e) {
        if (e instanceof TimeoutError) {
            return "It did not start in time.";
        }
        String message = String.valueOf(e.getMessage());
        Matcher said = LAST_WORDS.matcher(message);
        if (said.find()) {
            return shortened(said.group(1).strip());
        }
        Matcher exit = EXIT.matcher(message);
        return exit.find() ? "It ended at once, with exit code " + exit.group(1) + "." : firstLine(e);
    }

    /** The first line of a message without what Playwright puts around it. */
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
