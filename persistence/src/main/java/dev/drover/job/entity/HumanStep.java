// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A question of an attempt to a person. Rows change only through the statements of {@link JobStore}, so an instance is a
 * snapshot.
 */
@Entity
@Table(name = "human_step")
public class HumanStep {

    @Id
    private UUID id;

    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Column(nullable = false)
    private int attempt;

    @Column(nullable = false, length = 16)
    private String kind;

    @Column(nullable = false, length = 1000)
    private String prompt;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String choices;

    @Column(name = "asked_at", nullable = false)
    private Instant askedAt;

    @Column(nullable = false)
    private Instant deadline;

    @Column(nullable = false, length = 16)
    private String state;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    private @Nullable String answer;

    @Column(name = "answered_by", length = 128)
    private @Nullable String answeredBy;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected HumanStep() {}

    /**
     * An open question.
     *
     * @param kind {@code qr_login}, {@code confirm}, {@code text}, {@code choose} or {@code take_over}
     * @param choices a JSON array of texts
     */
    public HumanStep(
            UUID id,
            UUID jobId,
            int attempt,
            String kind,
            String prompt,
            String choices,
            Instant askedAt,
            Instant deadline) {
        this.id = requireNonNull(id, "id");
        this.jobId = requireNonNull(jobId, "jobId");
        this.attempt = attempt;
        this.kind = requireNonNull(kind, "kind");
        this.prompt = requireNonNull(prompt, "prompt");
        this.choices = requireNonNull(choices, "choices");
        this.askedAt = requireNonNull(askedAt, "askedAt");
        this.deadline = requireNonNull(deadline, "deadline");
        this.state = HumanStepState.OPEN.wireName();
    }

    public UUID id() {
        return id;
    }

    public UUID jobId() {
        return jobId;
    }

    /** The attempt that asks; once another one has begun, nobody waits for an answer any more. */
    public int attempt() {
        return attempt;
    }

    public String kind() {
        return kind;
    }

    public String prompt() {
        return prompt;
    }

    /** A JSON array of texts, empty where the answer is none of them. */
    public String choices() {
        return choices;
    }

    public Instant askedAt() {
        return askedAt;
    }

    /** Until when it can be answered. */
    public Instant deadline() {
        return deadline;
    }

    public HumanStepState state() {
        return HumanStepState.ofWireName(state);
    }

    /** JSON, once a person has answered. */
    public @Nullable String answer() {
        return answer;
    }

    /** The user who answered, or {@code link} for whoever had the link. */
    public @Nullable String answeredBy() {
        return answeredBy;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }
}
