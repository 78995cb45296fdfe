// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request is refused for a known reason. The detail is shown to the caller: it holds no secret. */
public final class DroverException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<Violation> violations;
    private final @Nullable Duration retryAfter;

    /**
     * One thing that does not fit.
     *
     * @param pointer JSON Pointer (RFC 6901) into the body; empty for the body itself
     */
    public record Violation(String pointer, String message) {
        public Violation {
            requireNonNull(pointer, "pointer");
            requireNonNull(message, "message");
        }
    }

    public DroverException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    public DroverException(ErrorCode code, String detail, List<Violation> violations) {
        this(code, detail, violations, null);
    }

    /** @param retryAfter when the same request may be answered otherwise */
    public DroverException(ErrorCode code, String detail, Duration retryAfter) {
        this(code, detail, List.of(), requireNonNull(retryAfter, "retryAfter"));
    }

    private DroverException(ErrorCode code, String detail, List<Violation> violations, @Nullable Duration retryAfter) {
        super(requireNonNull(detail, "detail"));
        this.code = requireNonNull(code, "code");
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    /**
     * The same refusal of a document that lies within a larger one.
     *
     * @param pointer to the document within the larger one
     */
    public DroverException under(String pointer) {
        List<Violation> within = violations.stream()
                .map(violation -> new Violation(pointer + violation.pointer(), violation.message()))
                .toList();
        return new DroverException(code, String.valueOf(getMessage()), within, retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    public List<Violation> violations() {
        return violations;
    }

    /** After how long the same request may be answered otherwise; empty where nobody knows. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
