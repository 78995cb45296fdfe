// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Why an attempt failed, as the API shows it.
 *
 * @param category the wire name of the error category
 * @param code a stable word for programs, finer than the category
 * @param message one or two sentences for people
 * @param recovery what usually helps
 */
@Embeddable
public record JobError(
        @Column(name = "error_category", length = 32) String category,
        @Column(name = "error_code", length = 64) String code,
        @Column(name = "error_message", length = 2000) String message,
        @Column(name = "error_recovery", length = 32) String recovery) {

    private static final int LONGEST_MESSAGE = 2000;

    public JobError {
        requireNonNull(category, "category");
        requireNonNull(code, "code");
        requireNonNull(message, "message");
        requireNonNull(recovery, "recovery");
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE - 1) + "…";
        }
    }
}
