// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Something that happened to a job. Numbered from 1 per job, without gaps, and never changed. */
@Entity
@Immutable
@Table(name = "job_event")
@IdClass(JobEvent.Key.class)
public class JobEvent {

    /** Identity of an event: the job and the event's number in it. */
    public record Key(UUID jobId, int seq) {}

    @Id
    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Id
    @Column(nullable = false)
    private int seq;

    @Embedded
    private Owner owner;

    @Column(nullable = false, length = 64)
    private String task;

    @Column(nullable = false, length = 32)
    private String type;

    @Column(name = "occurred_at", nullable = false)
    private Instant occurredAt;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String data;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected JobEvent() {}

    /** @param data a JSON object: the {@code data} of the frame */
    public JobEvent(UUID jobId, int seq, Owner owner, String task, EventType type, Instant occurredAt, String data) {
        if (seq < 1) {
            throw new IllegalArgumentException("events are numbered from 1: " + seq);
        }
        this.jobId = requireNonNull(jobId, "jobId");
        this.seq = seq;
        this.owner = requireNonNull(owner, "owner");
        this.task = requireNonNull(task, "task");
        this.type = type.wireName();
        this.occurredAt = requireNonNull(occurredAt, "occurredAt");
        this.data = requireNonNull(data, "data");
    }

    public UUID jobId() {
        return jobId;
    }

    public int seq() {
        return seq;
    }

    public Owner owner() {
        return owner;
    }

    /** Name of the job's task. */
    public String task() {
        return task;
    }

    public EventType type() {
        return EventType.ofWireName(type);
    }

    public Instant occurredAt() {
        return occurredAt;
    }

    /** A JSON object: the {@code data} of the frame. */
    public String data() {
        return data;
    }
}
