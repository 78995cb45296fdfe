// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobError;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;

/** Failures as a job's row and its events have them. */
final class JobErrors {

    private JobErrors() {}

    /** With what usually helps against the category. */
    static JobError of(ErrorCategory category, String code, String message) {
        return of(category, code, message, category.recovery());
    }

    static JobError of(TaskFailure failure) {
        return of(failure.category(), failure.code(), String.valueOf(failure.getMessage()), failure.recovery());
    }

    static JobError of(ErrorCategory category, String code, String message, ErrorCategory.Recovery recovery) {
        return new JobError(category.wireName(), code, message, recovery.wireName());
    }
}
