// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes know together of one circuit breaker. Rows change only through the statements of {@link BreakerStore}, so
 * an instance is a snapshot.
 */
@Entity
@Table(name = "breaker")
public class BreakerRecord {

    @Id
    @Column(nullable = false, length = 300)
    private String name;

    @Column(nullable = false, length = 16)
    private String state;

    @Column(name = "failure_rate", nullable = false)
    private double failureRate;

    @Column(nullable = false)
    private int calls;

    @Column(name = "opened_at")
    private @Nullable Instant openedAt;

    @Column(name = "retry_at")
    private @Nullable Instant retryAt;

    @Column(name = "reset_at")
    private @Nullable Instant resetAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(nullable = false)
    private long revision;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected BreakerRecord() {}

    /**
     * @param failureRate of the calls that were counted last, 0 to 1
     * @param calls that were counted
     * @param openedAt when it opened last; null where it has closed since
     * @param retryAt from when on calls are tried; null where it has closed since
     * @param resetAt when somebody closed it last; null when nobody did
     * @param node that writes this
     * @param revision the number of the write, from 1
     */
    public BreakerRecord(
            String name,
            BreakerState state,
            double failureRate,
            int calls,
            @Nullable Instant openedAt,
            @Nullable Instant retryAt,
            @Nullable Instant resetAt,
            Instant updatedAt,
            String node,
            long revision) {
        this.name = requireNonNull(name, "name");
        this.state = state.wireName();
        this.failureRate = failureRate;
        this.calls = calls;
        this.openedAt = openedAt;
        this.retryAt = retryAt;
        this.resetAt = resetAt;
        this.updatedAt = requireNonNull(updatedAt, "updatedAt");
        this.node = requireNonNull(node, "node");
        this.revision = revision;
    }

    public String name() {
        return name;
    }

    public BreakerState state() {
        return BreakerState.ofWireName(state)
                .orElseThrow(() -> new IllegalStateException("no state of a breaker: " + state));
    }

    public double failureRate() {
        return failureRate;
    }

    public int calls() {
        return calls;
    }

    public Optional<Instant> openedAt() {
        return Optional.ofNullable(openedAt);
    }

    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    public Optional<Instant> resetAt() {
        return Optional.ofNullable(resetAt);
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** The node that wrote last. */
    public String node() {
        return node;
    }

    /** Grows by one with every write: whoever has seen a revision knows from it whether there is news. */
    public long revision() {
        return revision;
    }
}
