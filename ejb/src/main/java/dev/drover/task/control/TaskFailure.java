// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static java.util.Objects.requireNonNull;

import dev.drover.task.control.ErrorCategory.Recovery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An attempt failed for a known reason. Its message is shown to the job's owner: it says what to do, and holds no secret. */
public final class TaskFailure extends RuntimeException {

    private final ErrorCategory category;
    private final String code;
    private final Recovery recovery;
    private final @Nullable Duration retryAfter;

    /**
     * @param code a stable word for programs, finer than the category: {@code http_404}, {@code element_not_found}
     * @param message one or two sentences for people
     */
    public TaskFailure(ErrorCategory category, String code, String message) {
        this(category, code, message, null);
    }

    public TaskFailure(ErrorCategory category, String code, String message, @Nullable Throwable cause) {
        this(category, code, message, cause, category.recovery(), null);
    }

    private TaskFailure(
            ErrorCategory category,
            String code,
            String message,
            @Nullable Throwable cause,
            Recovery recovery,
            @Nullable Duration retryAfter) {
        super(requireNonNull(message, "message"), cause);
        this.category = requireNonNull(category, "category");
        this.code = requireNonNull(code, "code");
        this.recovery = requireNonNull(recovery, "recovery");
        this.retryAfter = retryAfter;
    }

    /** The same failure where something else helps than its category usually asks for. */
    public TaskFailure recoverBy(Recovery other) {
        return new TaskFailure(category, code, messageText(), getCause(), other, retryAfter);
    }

    /** The same failure of a site that said when to come again. */
    public TaskFailure retryAfter(Duration wait) {
        return new TaskFailure(category, code, messageText(), getCause(), recovery, wait);
    }

    public ErrorCategory category() {
        return category;
    }

    public String code() {
        return code;
    }

    /** What helps against it. */
    public Recovery recovery() {
        return recovery;
    }

    /** How long the site asked to be left alone; null where it said nothing. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    private String messageText() {
        return requireNonNull(getMessage());
    }
}
