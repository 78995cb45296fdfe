// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.TaskFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the status of a page's answer means for the attempt (RFC 9110, sections 10.2.3 and 15). */
final class HttpFailures {

    /** The statuses of 400 and more after which the same request may do better later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private HttpFailures() {}

    /** @param retryAfter the header of the answer, in seconds or as a date; null where it had none */
    static TaskFailure of(String url, int status, @Nullable String retryAfter, Instant now) {
        TaskFailure failure = new TaskFailure(
                ErrorCategory.HTTP_STATUS, "http_" + status, "%s answered with status %d.".formatted(url, status));
        if (!PASSING.contains(status)) {
            return failure.recoverBy(Recovery.FAIL);
        }
        Duration wait = retryAfter == null ? null : parse(retryAfter.strip(), now);
        return wait == null ? failure : failure.retryAfter(wait);
    }

    private static @Nullable Duration parse(String text, Instant now) {
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null; // A site that writes nonsense has said nothing.
        }
    }
}
