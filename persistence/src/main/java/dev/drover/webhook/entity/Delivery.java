// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One event that one receiver is to be told. Its id is the {@code webhook-id} of every attempt. Rows change only through
 * the statements of {@link DeliveryStore}, so an instance is a snapshot.
 */
@Entity
@Table(name = "webhook_delivery")
public class Delivery {

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(name = "endpoint_id")
    private @Nullable UUID endpointId;

    @Column(name = "job_id")
    private @Nullable UUID jobId;

    @Column(name = "event_type", nullable = false, length = 32)
    private String eventType;

    @Column(nullable = false, length = 2000)
    private String url;

    @Column(nullable = false, length = 100)
    private String stream;

    @Column(name = "stream_seq", nullable = false)
    private long streamSeq;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String body;

    @Column(name = "trace_id", length = 32)
    private @Nullable String traceId;

    @Column(nullable = false, length = 16)
    private String status;

    @Column(nullable = false)
    private int attempts;

    @Column(name = "round_start", nullable = false)
    private int roundStart;

    @Column(name = "next_at")
    private @Nullable Instant nextAt;

    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;

    @Column(length = 128)
    private @Nullable String node;

    @Column(name = "dispatched_at")
    private @Nullable Instant dispatchedAt;

    @Column(name = "answer_status")
    private @Nullable Integer answerStatus;

    @Column(length = 32)
    private @Nullable String error;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Delivery() {}

    private Delivery(
            Owner owner,
            @Nullable UUID endpointId,
            @Nullable UUID jobId,
            String eventType,
            String url,
            String stream,
            long streamSeq,
            String body,
            @Nullable String traceId,
            Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.owner = requireNonNull(owner, "owner");
        this.endpointId = endpointId;
        this.jobId = jobId;
        this.eventType = requireNonNull(eventType, "eventType");
        this.url = requireNonNull(url, "url");
        this.stream = stream;
        this.streamSeq = streamSeq;
        this.body = requireNonNull(body, "body");
        this.traceId = traceId;
        this.status = DeliveryStatus.PENDING.wireName();
        this.nextAt = now;
        this.createdAt = requireNonNull(now, "now");
    }

    /**
     * Of a job's event to the address that the job came with.
     *
     * @param seq of the event: those of a job go to a receiver in this order
     */
    public static Delivery toAddressOfJob(
            Owner owner,
            UUID jobId,
            int seq,
            String eventType,
            String url,
            String body,
            @Nullable String traceId,
            Instant now) {
        return new Delivery(owner, null, jobId, eventType, url, "job:" + jobId, seq, body, traceId, now);
    }

    /** Of a job's event to an endpoint. */
    public static Delivery ofJob(
            Endpoint to, UUID jobId, int seq, String eventType, String body, @Nullable String traceId, Instant now) {
        return new Delivery(
                to.owner(),
                to.id(),
                jobId,
                eventType,
                to.url(),
                "job:" + jobId + "/" + to.id(),
                seq,
                body,
                traceId,
                now);
    }

    /** Of something that is of no job to an endpoint; such things go in the order of their times. */
    public static Delivery ofServer(Endpoint to, String eventType, String body, Instant happenedAt, Instant now) {
        long micros = happenedAt.getEpochSecond() * 1_000_000 + happenedAt.getNano() / 1_000;
        return new Delivery(
                to.owner(), to.id(), null, eventType, to.url(), "server/" + to.id(), micros, body, null, now);
    }

    /** Time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    /** Who may see it. */
    public Owner owner() {
        return owner;
    }

    /** Nothing for the address that a job came with. */
    public @Nullable UUID endpointId() {
        return endpointId;
    }

    /** Nothing for what is of no job. */
    public @Nullable UUID jobId() {
        return jobId;
    }

    public String eventType() {
        return eventType;
    }

    /** Where it goes, or last went. */
    public String url() {
        return url;
    }

    /** What goes to one receiver in order: the events of one job, or what is of no job. */
    public String stream() {
        return stream;
    }

    /** Its place in the stream. */
    public long streamSeq() {
        return streamSeq;
    }

    /** The JSON that is sent, byte for byte. */
    public String body() {
        return body;
    }

    /** Of its job: 32 hexadecimal digits. */
    public @Nullable String traceId() {
        return traceId;
    }

    public DeliveryStatus status() {
        return DeliveryStatus.ofWireName(status)
                .orElseThrow(() -> new IllegalStateException("no status of a delivery: " + status));
    }

    /** How many attempts were begun. The number of the one that goes on: the fencing token. */
    public int attempts() {
        return attempts;
    }

    /** How many of them were before someone had it sent anew. */
    public int roundStart() {
        return roundStart;
    }

    /** When the next attempt may begin; nothing once it has ended. */
    public @Nullable Instant nextAt() {
        return nextAt;
    }

    /** Until when the attempt that goes on counts as alive. */
    public @Nullable Instant leaseUntil() {
        return leaseUntil;
    }

    /** The node of the last attempt. */
    public @Nullable String node() {
        return node;
    }

    /** Of the last attempt. */
    public @Nullable Integer answerStatus() {
        return answerStatus;
    }

    /** Why the last attempt failed, a word for programs. */
    public @Nullable String error() {
        return error;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }
}
