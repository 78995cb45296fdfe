// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.drover.job.boundary.JobRequest.BrowserRequest;
import dev.drover.job.boundary.JobRequest.RecordRequest;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job as API clients read it. Fields without a value are left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Job",
        examples = """
                {"id": "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a", "task": "screenshot", "status": "succeeded", "progress": 100.0,
                 "message": "Done", "user_id": "admin", "priority": "normal", "attempt": 1, "max_attempts": 3,
                 "browser_type": "chromium", "host": "shop-1:9080", "params": {"url": "https://example.com/"},
                 "result": {"url": "https://example.com/", "title": "Example Domain"},
                 "artifacts": [{"name": "screenshot.png", "kind": "screenshot", "content_type": "image/png", "size": 18211,
                 "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "url": "/api/v1/jobs/01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a/artifacts/screenshot.png",
                 "created_at": "2026-01-31T06:00:02Z"}],
                 "created_at": "2026-01-31T06:00:00Z", "started_at": "2026-01-31T06:00:01Z",
                 "finished_at": "2026-01-31T06:00:02Z", "expires_at": "2026-01-31T07:00:02Z",
                 "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"}""",
        requiredProperties = {
            "id",
            "task",
            "status",
            "progress",
            "user_id",
            "priority",
            "attempt",
            "max_attempts",
            "created_at",
            "trace_id"
        })
public record JobDocument(
        @Schema(format = "uuid", examples = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a")
        String id,

        @Schema(examples = "screenshot") String task,

        @Schema(
                enumeration = {
                    "scheduled",
                    "queued",
                    "running",
                    "waiting_for_human",
                    "retrying",
                    "succeeded",
                    "failed",
                    "cancelled"
                })
        String status,

        @Schema(description = "The task's own word for where it is") @Nullable
        String stage,

        @Schema(minimum = "0", maximum = "100", description = "Percent")
        double progress,

        @Nullable String message,

        @Schema(examples = "admin") String userId,

        @Schema(enumeration = {"low", "normal", "high", "urgent"})
        String priority,

        @Schema(description = "The attempt going on, or the last one; 0 before the first")
        int attempt,

        @Schema(description = "Grows by one when a server that stops hands an attempt back to the queue")
        int maxAttempts,

        @Schema(examples = "chromium") @Nullable String browserType,

        @Schema(description = "The node of the attempt") @Nullable
        String host,

        @Schema(
                description = "0 is next; only while queued, and only when the job is asked for by its id: each"
                        + " one costs a count of the queue, so lists are without")
        @Nullable
        Long queuePosition,

        @Schema(description = "Until the job's end, from what its task took lately") @Nullable
        Long etaSeconds,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, implementation = Object.class, description = "Not in lists")
        @Nullable
        String params,

        @Schema(description = "What the job asked of its browser; a proxy's credentials are left out; not in lists")
        @Nullable
        BrowserRequest browser,

        @Schema(description = "What the job asked to be recorded; not in lists") @Nullable
        RecordRequest record,

        @Schema(description = "Name of the captured session that the page is signed in with; not in lists") @Nullable
        String capturedSession,

        @Schema(description = "Of one attempt; not in lists") @Nullable
        Long timeoutSeconds,

        @Schema(description = "How long the job is kept after its end; not in lists") @Nullable
        Long ttlSeconds,

        @Schema(format = "uri", description = "Not in lists") @Nullable
        String webhookUrl,

        @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = String.class) @Nullable
        String labels,

        @JsonRawValue
        @Schema(implementation = Object.class, description = "Of a job that succeeded; not in lists")
        @Nullable
        String result,

        @Nullable JobErrorDocument error,

        @Nullable FallbackDocument fallback,

        @Schema(description = "Not in lists") @Nullable List<ArtifactDocument> artifacts,

        Instant createdAt,

        @Nullable Instant notBefore,

        @Nullable Instant startedAt,

        @Nullable Instant finishedAt,

        @Schema(description = "When the job is removed with its files") @Nullable
        Instant expiresAt,

        @Schema(description = "32 hexadecimal digits, as in W3C Trace Context")
        String traceId,

        @Nullable ReliabilityDocument reliabilityInfo) {

    /** Why the last attempt failed. */
    @Schema(
            name = "JobError",
            requiredProperties = {"category", "code", "message", "recovery"})
    public record JobErrorDocument(
            @Schema(examples = "timeout") String category,
            @Schema(examples = "navigation_timeout") String code,
            String message,

            @Schema(description = "What usually helps", examples = "retry")
            String recovery) {}

    /** How the result was come by or the next attempt goes, where that is not what the job asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "JobFallback",
            requiredProperties = {"kind", "because", "stale"})
    public record FallbackDocument(
            @Schema(enumeration = {"engine", "source", "reduced", "stale"})
            String kind,

            @Schema(description = "The code of the failure that it makes up for", examples = "http_503")
            String because,

            @Schema(description = "Whether the result is that of an earlier job")
            boolean stale,

            @Schema(description = "The other engine", examples = "firefox") @Nullable
            String engine,

            @Schema(description = "The other source", examples = "https://mirror.example.org") @Nullable
            String source,

            @Schema(
                    format = "uuid",
                    description = "The earlier job, which has the files as long as it is kept",
                    examples = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a")
            @Nullable
            String resultOf,

            @Schema(description = "When the earlier result was made") @Nullable
            Instant madeAt,

            @Schema(description = "How old the earlier result was when this job got it", examples = "731") @Nullable
            Long ageSeconds) {}

    /** How the job's attempts went. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "ReliabilityInfo",
            requiredProperties = {
                "retry_count",
                "max_retries",
                "timeout_seconds",
                "priority",
                "can_retry",
                "is_expired",
                "attempts"
            })
    public record ReliabilityDocument(
            int retryCount,
            int maxRetries,
            long timeoutSeconds,
            String priority,
            @Nullable String workerId,
            boolean canRetry,
            boolean isExpired,
            List<AttemptDocument> attempts) {}

    /** An attempt that ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Attempt",
            requiredProperties = {"number", "host", "outcome", "started_at", "finished_at"})
    public record AttemptDocument(
            int number,
            String host,
            @Nullable String browserType,
            String outcome,
            @Nullable JobErrorDocument error,
            Instant startedAt,
            Instant finishedAt) {}

    /** A file that the job left. */
    @Schema(
            name = "Artifact",
            requiredProperties = {"name", "kind", "content_type", "size", "sha256", "url", "attempt", "created_at"})
    public record ArtifactDocument(
            @Schema(examples = "screenshot.png") String name,
            @Schema(examples = "screenshot") String kind,
            @Schema(examples = "image/png") String contentType,
            @Schema(description = "In bytes") long size,
            @Schema(description = "64 hexadecimal digits") String sha256,
            @Schema(format = "uri-reference") String url,
            @Schema(description = "That left it") int attempt,
            Instant createdAt) {}

    /** A page of jobs, newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "JobPage", requiredProperties = "items")
    public record JobPage(
            List<JobDocument> items,

            @Schema(description = "Give it as cursor for the next page") @Nullable
            String nextCursor) {}

    /** The files of a job. */
    @Schema(name = "ArtifactPage", requiredProperties = "items")
    public record ArtifactPage(List<ArtifactDocument> items) {}
}
