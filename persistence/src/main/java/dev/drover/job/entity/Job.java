// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands in its row. Rows change only through the statements of {@link JobStore}, so an instance is a
 * snapshot: it has no setters and is never flushed.
 */
@Entity
@Table(name = "job")
public class Job {

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(nullable = false, length = 64)
    private String task;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false, length = 16)
    private Lane lane;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String params;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String options;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String labels;

    @Column(nullable = false)
    private short priority;

    @Column(nullable = false, length = 24)
    private String status;

    @Column(length = 64)
    private @Nullable String stage;

    @Column(nullable = false)
    private double progress;

    @Column(length = 1000)
    private @Nullable String message;

    @Column(nullable = false)
    private int attempt;

    @Column(name = "max_attempts", nullable = false)
    private int maxAttempts;

    @Column(name = "timeout_seconds", nullable = false)
    private int timeoutSeconds;

    @Column(name = "ttl_seconds", nullable = false)
    private int ttlSeconds;

    @Column(length = 128)
    private @Nullable String node;

    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;

    @Column(name = "browser_type", length = 64)
    private @Nullable String browserType;

    @Column(name = "last_seq", nullable = false)
    private int lastSeq;

    @Column(name = "cancel_requested", nullable = false)
    private boolean cancelRequested;

    @Column(name = "cancel_forced", nullable = false)
    private boolean cancelForced;

    @Column(name = "cancel_reason", length = 500)
    private @Nullable String cancelReason;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private @Nullable String result;

    @Embedded
    private @Nullable JobError error;

    @Embedded
    private @Nullable JobFallback fallback;

    @Column(name = "webhook_url", length = 2000)
    private @Nullable String webhookUrl;

    @Column(name = "trace_id", nullable = false, length = 32)
    private String traceId;

    @Column(name = "trace_parent", length = 64)
    private @Nullable String traceParent;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "not_before")
    private @Nullable Instant notBefore;

    @Column(name = "dispatched_at")
    private @Nullable Instant dispatchedAt;

    @Column(name = "attempt_started_at")
    private @Nullable Instant attemptStartedAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Job() {}

    /** A job that was just accepted: scheduled when it has a start time in the future, else queued. */
    public Job(NewJob accepted) {
        this.id = accepted.id();
        this.owner = accepted.owner();
        this.task = accepted.task();
        this.lane = accepted.lane();
        this.params = accepted.params();
        this.options = accepted.options();
        this.labels = accepted.labelsJson();
        this.priority = (short) accepted.priority().jms();
        this.status = accepted.firstStatus().wireName();
        this.maxAttempts = accepted.maxAttempts();
        this.timeoutSeconds = Math.toIntExact(accepted.timeout().toSeconds());
        this.ttlSeconds = Math.toIntExact(accepted.ttl().toSeconds());
        this.lastSeq = 1;
        this.webhookUrl = accepted.webhookUrl();
        this.traceId = accepted.traceId();
        this.traceParent = accepted.traceParent();
        this.createdAt = accepted.createdAt();
        this.notBefore = accepted.notBefore();
    }

    /** Brings the snapshot to what the claim wrote, which saves reading the row again. */
    void taken(String byNode, Instant now, Instant until) {
        status = JobStatus.RUNNING.wireName();
        attempt++;
        lastSeq++;
        node = byNode;
        leaseUntil = until;
        attemptStartedAt = now;
        startedAt = startedAt == null ? now : startedAt;
        stage = null;
        progress = 0;
        message = null;
        error = null;
    }

    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    public String task() {
        return task;
    }

    public Lane lane() {
        return lane;
    }

    /** A JSON object, valid against the task's schema when the job was accepted. */
    public String params() {
        return params;
    }

    /** A JSON object: the {@code browser} and {@code record} members of the submission. */
    public String options() {
        return options;
    }

    /** A JSON object of strings. */
    public String labels() {
        return labels;
    }

    public JobPriority priority() {
        return JobPriority.ofJms(priority);
    }

    public JobStatus status() {
        return JobStatus.ofWireName(status).orElseThrow(() -> new IllegalStateException("job status " + status));
    }

    public @Nullable String stage() {
        return stage;
    }

    /** Percent, 0 to 100. */
    public double progress() {
        return progress;
    }

    public @Nullable String message() {
        return message;
    }

    /** Number of the attempt going on or, where none is, of the last one; 0 before the first. The fencing token. */
    public int attempt() {
        return attempt;
    }

    public int maxAttempts() {
        return maxAttempts;
    }

    /** Of one attempt. */
    public Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** How long the job is kept after its end. */
    public Duration ttl() {
        return Duration.ofSeconds(ttlSeconds);
    }

    /** The node of the attempt going on or of the last one. */
    public @Nullable String node() {
        return node;
    }

    /** Until when the attempt going on counts as alive. */
    public @Nullable Instant leaseUntil() {
        return leaseUntil;
    }

    public @Nullable String browserType() {
        return browserType;
    }

    /** Number of the job's latest event. */
    public int lastSeq() {
        return lastSeq;
    }

    public boolean cancelRequested() {
        return cancelRequested;
    }

    /** Whether the attempt is to be ended even when its task does not stop by itself. */
    public boolean cancelForced() {
        return cancelForced;
    }

    public @Nullable String cancelReason() {
        return cancelReason;
    }

    /** JSON, once the job succeeded. */
    public @Nullable String result() {
        return result;
    }

    public @Nullable JobError error() {
        return error;
    }

    /** How the result was come by or the next attempt goes, where it is not the usual way. */
    public @Nullable JobFallback fallback() {
        return fallback;
    }

    public @Nullable String webhookUrl() {
        return webhookUrl;
    }

    /** 32 hexadecimal digits, as in W3C Trace Context. */
    public String traceId() {
        return traceId;
    }

    public @Nullable String traceParent() {
        return traceParent;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant notBefore() {
        return notBefore;
    }

    /** When the row's message was last handed to the broker; null while it never left. */
    public @Nullable Instant dispatchedAt() {
        return dispatchedAt;
    }

    public @Nullable Instant attemptStartedAt() {
        return attemptStartedAt;
    }

    /** Start of the first attempt. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    /** From when on the job may be removed with its files. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }
}
