// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.testing.entity.Execution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What came of a test case, as API clients read it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Execution",
        requiredProperties = {"id", "test_case_id", "test_case_name", "job_id", "status", "user_id", "created_at"})
public record ExecutionDocument(
        UUID id,

        UUID testCaseId,

        @Schema(description = "As it was called then", examples = "The front page greets")
        String testCaseName,

        @Schema(description = "Of the job that carries it out, with its events and artifacts; it may be gone by now")
        UUID jobId,

        @Schema(
                enumeration = {"queued", "running", "completed", "failed", "cancelled"},
                description = "completed: all steps were done and held. It follows the job within a second or two")
        String status,

        @Schema(description = "Of the browser", examples = "chromium") @Nullable
        String engine,

        @Schema(description = "The registered host, or any") @Nullable
        String hostId,

        @Nullable String deviceId,

        @Schema(description = "Of one that failed") @Nullable
        ExecutionError error,

        @Schema(examples = "admin") String userId,

        Instant createdAt,

        @Nullable Instant startedAt,

        @Nullable Instant finishedAt) {

    /** Why an execution failed. */
    @Schema(
            name = "ExecutionError",
            requiredProperties = {"category", "code", "message"})
    public record ExecutionError(
            @Schema(examples = "expectation") String category,

            @Schema(description = "A stable word for programs", examples = "text_differs")
            String code,

            @Schema(description = "Names the step", examples = "Step 2 (expect_text 'h1'): …")
            String message) {}

    /** Some executions, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ExecutionPage", requiredProperties = "items")
    public record ExecutionPage(
            List<ExecutionDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    static ExecutionDocument of(Execution execution) {
        Execution.Place place = execution.place();
        Execution.Failure failure = execution.failure();
        return new ExecutionDocument(
                execution.id(),
                execution.testCaseId(),
                execution.testCaseName(),
                execution.id(),
                execution.status().wireName(),
                place.engine(),
                place.hostId(),
                place.deviceId(),
                failure == null ? null : new ExecutionError(failure.category(), failure.code(), failure.message()),
                execution.owner().user(),
                execution.createdAt(),
                execution.startedAt(),
                execution.finishedAt());
    }
}
