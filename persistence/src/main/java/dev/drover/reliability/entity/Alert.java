// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Something that was not as it should be, from when to when. Rows change only through the statements of {@link AlertStore},
 * so an instance is a snapshot.
 */
@Entity
@Table(name = "alert")
public class Alert {

    private static final int LONGEST_MESSAGE = 1000;

    @Id
    @Column(nullable = false)
    private UUID id;

    @Column(nullable = false, length = 64)
    private String rule;

    @Column(nullable = false, length = 300)
    private String subject;

    @Column(nullable = false, length = 16)
    private String severity;

    @Column(nullable = false, length = LONGEST_MESSAGE)
    private String message;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(nullable = false)
    private double measured;

    @Column(nullable = false)
    private double threshold;

    @Column(name = "started_at", nullable = false)
    private Instant startedAt;

    @Column(name = "seen_at", nullable = false)
    private Instant seenAt;

    @Column(name = "ended_at")
    private @Nullable Instant endedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Alert() {}

    /**
     * An alert that begins.
     *
     * @param rule that it comes from, a word for programs
     * @param subject what it is about: a node, a circuit breaker; empty for the service as a whole
     * @param node that has seen it
     */
    public Alert(
            String rule,
            String subject,
            AlertSeverity severity,
            String message,
            String node,
            double measured,
            double threshold,
            Instant startedAt) {
        this(
                UuidVersion7Strategy.INSTANCE.generateUuid(null),
                rule,
                subject,
                severity,
                message,
                node,
                measured,
                threshold,
                startedAt,
                null);
    }

    private Alert(
            UUID id,
            String rule,
            String subject,
            AlertSeverity severity,
            String message,
            String node,
            double measured,
            double threshold,
            Instant startedAt,
            @Nullable Instant endedAt) {
        this.id = id;
        this.rule = requireNonNull(rule, "rule");
        this.subject = requireNonNull(subject, "subject");
        this.severity = severity.wireName();
        this.message = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
        this.node = requireNonNull(node, "node");
        this.measured = measured;
        this.threshold = threshold;
        this.startedAt = requireNonNull(startedAt, "startedAt");
        this.seenAt = startedAt;
        this.endedAt = endedAt;
    }

    /** The same alert, over. */
    public Alert endedAt(Instant end) {
        return new Alert(
                id,
                rule,
                subject,
                severity(),
                message,
                node,
                measured,
                threshold,
                startedAt,
                requireNonNull(end, "end"));
    }

    /** Time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    public String rule() {
        return rule;
    }

    public String subject() {
        return subject;
    }

    public AlertSeverity severity() {
        return AlertSeverity.ofWireName(severity)
                .orElseThrow(() -> new IllegalStateException("no severity of an alert: " + severity));
    }

    public String message() {
        return message;
    }

    public String node() {
        return node;
    }

    /** What was measured when it began. */
    public double measured() {
        return measured;
    }

    public double threshold() {
        return threshold;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** When its node last said that it goes on. */
    public Instant seenAt() {
        return seenAt;
    }

    /** Empty while it goes on. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }
}
