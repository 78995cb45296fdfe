// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** How a node did at one moment. */
@Entity
@Immutable
@Table(name = "trend_sample")
@IdClass(TrendSample.Key.class)
public class TrendSample {

    /** Identity of a sample. */
    public record Key(String node, Instant takenAt) {}

    /**
     * What was measured.
     *
     * @param queued jobs that waited, of all nodes; {@code running} likewise
     * @param openSites sites whose circuit breaker was not closed
     * @param loadAverage of the machine; below 0 where it does not tell
     */
    public record Figures(
            String serviceLevel,
            int healthScore,
            long queued,
            long running,
            long oldestWaitSeconds,
            int openSites,
            int workers,
            int brokenWorkers,
            int ledgerBacklog,
            long diskFreeMegabytes,
            long heapUsedMegabytes,
            double loadAverage) {}

    @Id
    @Column(nullable = false, length = 128)
    private String node;

    @Id
    @Column(name = "taken_at", nullable = false)
    private Instant takenAt;

    @Column(name = "service_level", nullable = false, length = 16)
    private String serviceLevel;

    @Column(name = "health_score", nullable = false)
    private int healthScore;

    @Column(nullable = false)
    private long queued;

    @Column(nullable = false)
    private long running;

    @Column(name = "oldest_wait_seconds", nullable = false)
    private long oldestWaitSeconds;

    @Column(name = "open_sites", nullable = false)
    private int openSites;

    @Column(nullable = false)
    private int workers;

    @Column(name = "broken_workers", nullable = false)
    private int brokenWorkers;

    @Column(name = "ledger_backlog", nullable = false)
    private int ledgerBacklog;

    @Column(name = "disk_free_megabytes", nullable = false)
    private long diskFreeMegabytes;

    @Column(name = "heap_used_megabytes", nullable = false)
    private long heapUsedMegabytes;

    @Column(name = "load_average", nullable = false)
    private double loadAverage;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected TrendSample() {}

    public TrendSample(String node, Instant takenAt, Figures figures) {
        this.node = requireNonNull(node, "node");
        this.takenAt = requireNonNull(takenAt, "takenAt");
        this.serviceLevel = figures.serviceLevel();
        this.healthScore = figures.healthScore();
        this.queued = figures.queued();
        this.running = figures.running();
        this.oldestWaitSeconds = figures.oldestWaitSeconds();
        this.openSites = figures.openSites();
        this.workers = figures.workers();
        this.brokenWorkers = figures.brokenWorkers();
        this.ledgerBacklog = figures.ledgerBacklog();
        this.diskFreeMegabytes = figures.diskFreeMegabytes();
        this.heapUsedMegabytes = figures.heapUsedMegabytes();
        this.loadAverage = figures.loadAverage();
    }

    public String node() {
        return node;
    }

    public Instant takenAt() {
        return takenAt;
    }

    public Figures figures() {
        return new Figures(
                serviceLevel,
                healthScore,
                queued,
                running,
                oldestWaitSeconds,
                openSites,
                workers,
                brokenWorkers,
                ledgerBacklog,
                diskFreeMegabytes,
                heapUsedMegabytes,
                loadAverage);
    }
}
