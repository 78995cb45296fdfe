// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An attempt failed for a known reason. Its message is shown to the job's owner: it says what to do, and holds no secret. */
public final class TaskFailure extends RuntimeException {

    private final ErrorCategory category;
    private final String code;

    /**
     * @param code a stable word for programs, finer than the category: {@code http_404}, {@code element_not_found}
     * @param message one or two sentences for people
     */
    public TaskFailure(ErrorCategory category, String code, String message) {
        this(category, code, message, null);
    }

    public TaskFailure(ErrorCategory category, String code, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.category = requireNonNull(category, "category");
        this.code = requireNonNull(code, "code");
    }

    public ErrorCategory category() {
        return category;
    }

    public String code() {
        return code;
    }
}
