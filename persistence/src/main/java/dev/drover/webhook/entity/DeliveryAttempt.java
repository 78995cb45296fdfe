// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One time that a delivery was sent, and what came back. */
@Entity
@Immutable
@Table(name = "webhook_attempt")
@IdClass(DeliveryAttempt.Key.class)
public class DeliveryAttempt {

    private static final int LONGEST_ANSWER = 2000;
    private static final int LONGEST_MESSAGE = 500;

    /** Identity of an attempt: the delivery and the attempt's number in it. */
    public record Key(UUID deliveryId, int number) {}

    @Id
    @Column(name = "delivery_id", nullable = false)
    private UUID deliveryId;

    @Id
    @Column(nullable = false)
    private int number;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(name = "started_at", nullable = false)
    private Instant startedAt;

    @Column(name = "duration_ms", nullable = false)
    private long durationMillis;

    @Column(name = "answer_status")
    private @Nullable Integer answerStatus;

    @Column(length = LONGEST_ANSWER)
    private @Nullable String answer;

    @Column(length = 32)
    private @Nullable String error;

    @Column(length = LONGEST_MESSAGE)
    private @Nullable String message;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected DeliveryAttempt() {}

    /**
     * @param answerStatus nothing where no answer came
     * @param answer the start of its body
     * @param error nothing where the receiver took it
     */
    public DeliveryAttempt(
            UUID deliveryId,
            int number,
            String node,
            Instant startedAt,
            Duration took,
            @Nullable Integer answerStatus,
            @Nullable String answer,
            @Nullable String error,
            @Nullable String message) {
        this.deliveryId = requireNonNull(deliveryId, "deliveryId");
        this.number = number;
        this.node = requireNonNull(node, "node");
        this.startedAt = requireNonNull(startedAt, "startedAt");
        this.durationMillis = took.toMillis();
        this.answerStatus = answerStatus;
        this.answer = shortened(answer, LONGEST_ANSWER);
        this.error = error;
        this.message = shortened(message, LONGEST_MESSAGE);
    }

    private static @Nullable String shortened(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** From 1; what someone had sent anew is numbered on. */
    public int number() {
        return number;
    }

    public String node() {
        return node;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Duration took() {
        return Duration.ofMillis(durationMillis);
    }

    public @Nullable Integer answerStatus() {
        return answerStatus;
    }

    public @Nullable String answer() {
        return answer;
    }

    public @Nullable String error() {
        return error;
    }

    public @Nullable String message() {
        return message;
    }
}
