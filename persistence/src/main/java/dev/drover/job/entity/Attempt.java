// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One attempt of a job that ended or was found lost. */
@Entity
@Immutable
@Table(name = "job_attempt")
@IdClass(Attempt.Key.class)
public class Attempt {

    /** Identity of an attempt. */
    public record Key(UUID jobId, int number) {}

    @Id
    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Id
    @Column(nullable = false)
    private int number;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(name = "browser_type", length = 64)
    private @Nullable String browserType;

    @Column(nullable = false, length = 24)
    private String outcome;

    @Embedded
    private @Nullable JobError error;

    @Column(name = "started_at", nullable = false)
    private Instant startedAt;

    @Column(name = "finished_at", nullable = false)
    private Instant finishedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Attempt() {}

    /** @param outcome the status that the attempt's end gave to the job */
    public Attempt(
            UUID jobId,
            int number,
            String node,
            @Nullable String browserType,
            JobStatus outcome,
            @Nullable JobError error,
            Instant startedAt,
            Instant finishedAt) {
        this.jobId = requireNonNull(jobId, "jobId");
        this.number = number;
        this.node = requireNonNull(node, "node");
        this.browserType = browserType;
        this.outcome = outcome.wireName();
        this.error = error;
        this.startedAt = requireNonNull(startedAt, "startedAt");
        this.finishedAt = requireNonNull(finishedAt, "finishedAt");
    }

    public UUID jobId() {
        return jobId;
    }

    /** From 1. */
    public int number() {
        return number;
    }

    public String node() {
        return node;
    }

    public @Nullable String browserType() {
        return browserType;
    }

    /** Wire name of the status that the attempt's end gave to the job. */
    public String outcome() {
        return outcome;
    }

    public @Nullable JobError error() {
        return error;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant finishedAt() {
        return finishedAt;
    }
}
