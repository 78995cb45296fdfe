// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;

/** Why a run was ended from outside of its work. */
sealed interface Verdict {

    /** Someone cancelled it. */
    record Cancelled() implements Verdict {}

    /** It may not go on. */
    record Failed(TaskFailure failure) implements Verdict {}

    /** The server stops. The run was not cancelled by anyone: it may be done again. */
    record ServerStops() implements Verdict {}

    Verdict SERVER_STOPS = new ServerStops();

    static Verdict timedOut(Duration timeout) {
        return new Failed(new TaskFailure(
                ErrorCategory.TIMEOUT,
                "run_timeout",
                "The run took longer than its %s seconds.".formatted(seconds(timeout))));
    }

    static Verdict crashed(String code, String message) {
        return new Failed(new TaskFailure(ErrorCategory.CRASH, code, message));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }
}
