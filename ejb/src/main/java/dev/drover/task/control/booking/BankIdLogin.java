// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.QrCodes;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;

/**
 * Logs in with BankID on another device: shows the site's codes to whoever follows the job, begins again when an order has
 * expired or was refused, and is through when the site lets us in.
 */
final class BankIdLogin {

    private final TaskContext context;
    private final SiteProfile profile;
    private final BookingPages pages;
    private int orders = 1;
    private String said = "";

    BankIdLogin(TaskContext context, SiteProfile profile, BookingPages pages) {
        this.context = context;
        this.profile = profile;
        this.pages = pages;
    }

    void logIn(String personNumber) throws InterruptedException {
        SiteProfile.Login login = profile.login();
        pages.open(profile.paths().login());
        if (!personNumber.isEmpty()) {
            pages.enter(login.personNumber(), personNumber);
        }
        pages.leadOn(() -> pages.visible(login.begin()).click());
        context.progress("authenticating", 25, "Waiting for BankID authentication");
        try (QrCodes codes = context.qr(pages.page().locator(login.code()), Duration.ofSeconds(login.codeSeconds()))) {
            HumanAnswer answer =
                    context.human(HumanRequest.qrLogin(login.prompt(), login.within()), () -> isThrough(codes));
            switch (answer) {
                case HumanAnswer.WentOn wentOn -> context.log("Logged in with BankID.");
                case HumanAnswer.Given given ->
                    throw refused("login_given_up", "Whoever was asked to log in has given up.");
                case HumanAnswer.TooLate tooLate ->
                    throw refused("login_timeout", "Nobody logged in within %d s.".formatted(login.withinSeconds()));
            }
        }
    }

    private boolean isThrough(QrCodes codes) {
        SiteProfile.Login login = profile.login();
        pages.refuseFailed();
        if (pages.isSeen(profile.search().form())) {
            return true;
        }
        if (pages.isSeen(login.failed())) {
            String why = pages.said(login.failed()).orElse("");
            if (orders >= login.mostOrders()) {
                throw refused(
                        "login_refused", "BankID did not let us in, %d times. At last: %s".formatted(orders, why));
            }
            context.log("BankID: " + why);
            codes.retry(orders++);
            pages.leadOn(() -> pages.visible(login.retry()).click());
        } else {
            pages.said(login.status()).ifPresent(this::tell);
        }
        return false;
    }

    /** What the site says to whoever stands before it, when it says something new. */
    private void tell(String words) {
        if (!words.isEmpty() && !words.equals(said)) {
            if (!said.isEmpty()) {
                context.progress("authenticating", 30, words);
            }
            said = words;
        }
    }

    /** Another attempt would only ask the same person again. */
    private static TaskFailure refused(String code, String message) {
        return new TaskFailure(ErrorCategory.EXPECTATION, code, message).recoverBy(Recovery.FAIL);
    }
}
