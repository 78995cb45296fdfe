// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.drover.event.entity.EventType;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.system.control.Json;
import dev.drover.task.control.qr.QrStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The {@code data} of the events that the job room tells. */
final class JobNotices {

    /** Results up to this many characters travel with the final event; larger ones are fetched. */
    private static final int LARGEST_INLINE_RESULT = 64 * 1024;

    private JobNotices() {}

    static Notice status(int seq, Instant now, JobStatus status, String message) {
        return new Notice(seq, EventType.STATUS_UPDATE, now, statusData(status, null, 0, message));
    }

    /** An attempt failed and another one follows. */
    static Notice retrying(int seq, Instant now, int attempt, Instant dueAt, JobError error, String message) {
        ObjectNode data = statusNode(JobStatus.RETRYING, null, 0, message);
        data.put("attempt", attempt);
        data.put("retry_at", dueAt.toString());
        data.set("error", Json.MAPPER.valueToTree(error));
        return new Notice(seq, EventType.STATUS_UPDATE, now, data.toString());
    }

    /** @param stage the task's word for where it is; the job's status stands in where it has none */
    static String statusData(JobStatus status, @Nullable String stage, double progress, String message) {
        return statusNode(status, stage, progress, message).toString();
    }

    private static ObjectNode statusNode(JobStatus status, @Nullable String stage, double progress, String message) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("status", stage == null ? status.wireName() : stage);
        data.put("job_status", status.wireName());
        data.put("message", message);
        data.put("progress", progress);
        return data;
    }

    /** @param link where the person answers, without an account */
    static Notice humanRequired(int seq, @Nullable String stage, double progress, HumanStep step, String link) {
        ObjectNode data = statusNode(JobStatus.WAITING_FOR_HUMAN, stage, progress, step.prompt());
        data.put("step_id", step.id().toString());
        data.put("kind", step.kind());
        data.put("prompt", step.prompt());
        data.putRawValue("choices", new RawValue(step.choices()));
        data.put("deadline", step.deadline().toString());
        data.put("url", link);
        return new Notice(seq, EventType.HUMAN_REQUIRED, step.askedAt(), data.toString());
    }

    static Notice qrCode(int seq, Instant now, QrStream.Code code, Instant expiresAt) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("qr_code_data", code.dataUrl());
        data.put("qr_payload", code.payload());
        data.put("retry_count", code.retry());
        data.put("expires_at", expiresAt.toString());
        return new Notice(seq, EventType.QR_CODE_UPDATE, now, data.toString());
    }

    /** A booking ended, with its job. */
    static Notice booking(int seq, Instant now, ObjectNode booking, @Nullable JobError error) {
        if (error != null) {
            booking.set("error", Json.MAPPER.valueToTree(error));
        }
        return new Notice(seq, EventType.BOOKING_COMPLETED, now, booking.toString());
    }

    static Notice log(int seq, Instant now, String message) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("message", message);
        return new Notice(seq, EventType.LOG, now, data.toString());
    }

    static Notice artifact(int seq, Instant now, Artifact artifact) {
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("name", artifact.name());
        data.put("kind", artifact.kind());
        data.put("content_type", artifact.contentType());
        data.put("size", artifact.size());
        data.put("sha256", artifact.sha256());
        return new Notice(seq, EventType.ARTIFACT_CREATED, now, data.toString());
    }

    static Notice completed(int seq, JobEnd end) {
        String message = end.message();
        Duration ran = end.ran();
        String result = end.result();
        JobFallback fallback = end.fallback();
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put("status", end.status().wireName());
        data.put("success", end.status() == JobStatus.SUCCEEDED);
        if (message != null) {
            data.put("message", message);
        }
        if (ran != null) {
            data.put("duration_seconds", ran.toMillis() / 1000.0);
        }
        if (result != null && result.length() <= LARGEST_INLINE_RESULT) {
            data.putRawValue("result", new RawValue(result));
        }
        if (end.error() != null) {
            data.set("error", Json.MAPPER.valueToTree(end.error()));
        }
        if (fallback != null) {
            data.put("fallback", fallback.kind());
        }
        return new Notice(seq, EventType.JOB_COMPLETED, end.at(), data.toString());
    }
}
