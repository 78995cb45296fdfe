// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one site on this node, with what other nodes know of it. Not for several threads: {@link
 * SiteBreakers} has the lock.
 *
 * <p>Resilience4j counts the calls and decides when to open and to close. The times are kept here, since they are shared
 * between nodes; and every visit belongs to the stretch in which it was let in, so that one which comes back after the
 * breaker has opened or closed neither counts in the next stretch nor hands back a permit that it never had.
 */
final class SiteBreaker {

    /** Probes that have not come back after so long are given up, and others are let in. */
    static final Duration PROBE_PATIENCE = Duration.ofSeconds(60);

    /** Clocks of nodes differ by less. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(60);

    private final String name;
    private final SiteThresholds thresholds;
    private final CircuitBreaker breaker;
    private long stretch = 1;
    private long offeredStretch;
    private @Nullable Instant openedAt;
    private @Nullable Instant retryAt;
    private @Nullable Instant lastRetryAt;
    private @Nullable Instant halfOpenAt;
    private int running;
    private boolean untold;
    private long seenRevision;
    private @Nullable Instant resetAt;

    SiteBreaker(String name, SiteThresholds thresholds) {
        this.name = name;
        this.thresholds = thresholds;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                thresholds.windowCalls(),
                                thresholds.leastCalls(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(thresholds.failurePercent())
                        // Slow is not ill: a job takes the time that its task takes.
                        .slowCallDurationThreshold(Duration.ofDays(365))
                        .permittedNumberOfCallsInHalfOpenState(thresholds.probes())
                        .waitDurationInOpenState(thresholds.open())
                        .writableStackTraceEnabled(false)
                        .build());
    }

    SiteThresholds thresholds() {
        return thresholds;
    }

    BreakerState state() {
        return switch (breaker.getState()) {
            case OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            default -> BreakerState.CLOSED;
        };
    }

    int running() {
        return running;
    }

    /** When a visitor may come who is not let in because of the breaker; null when the breaker lets visitors in. */
    @Nullable
    Instant closedUntil(Instant now) {
        if (state() != BreakerState.OPEN || retryAt == null || !now.isBefore(retryAt)) {
            return null;
        }
        if (retryAt.isAfter(now.plus(thresholds.open()).plus(CLOCK_STEP))) {
            // The clock was put back: nobody is to wait for it to catch up.
            retryAt = now.plus(thresholds.open());
        }
        return retryAt;
    }

    /**
     * Takes the breaker's permit.
     *
     * @return the stretch that the visit belongs to; 0 when the breaker lets nobody in now
     */
    long take(Instant now) {
        if (closedUntil(now) != null) {
            return 0;
        }
        if (state() == BreakerState.OPEN) {
            halfOpen(now);
        }
        if (!breaker.tryAcquirePermission()) {
            if (!areProbesGivenUp(now)) {
                return 0;
            }
            breaker.transitionToOpenState();
            halfOpen(now);
            if (!breaker.tryAcquirePermission()) {
                return 0;
            }
        }
        running++;
        return stretch;
    }

    private boolean areProbesGivenUp(Instant now) {
        return halfOpenAt != null && Duration.between(halfOpenAt, now).abs().compareTo(PROBE_PATIENCE) >= 0;
    }

    /** Takes a visit back that was let in with {@link #take}. */
    void release(long stretchOfVisit, SiteEvidence evidence, Duration took, Instant now) {
        running--;
        if (stretchOfVisit != stretch) {
            return;
        }
        BreakerState before = state();
        switch (evidence) {
            case WELL -> breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
            case ILL -> breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new SiteFailure());
            case NOTHING -> breaker.releasePermission();
        }
        if (state() != before) {
            untold = true;
            if (state() == BreakerState.OPEN) {
                opened(now, now.plus(thresholds.open()));
            } else {
                closed();
            }
        }
    }

    /** Closes the breaker and forgets what was counted. */
    void reset(@Nullable Instant at) {
        breaker.reset();
        closed();
        lastRetryAt = null;
        resetAt = at;
        untold = false;
    }

    /** Takes over what another node has written, where it is news. */
    void learn(BreakerRecord row) {
        if (row.revision() == seenRevision) {
            return;
        }
        seenRevision = row.revision();
        Instant reset = row.resetAt().orElse(null);
        if (reset != null && !reset.equals(resetAt)) {
            reset(reset);
        }
        Instant retry = row.retryAt().orElse(null);
        switch (row.state()) {
            case CLOSED -> {
                if (state() != BreakerState.CLOSED) {
                    breaker.reset();
                    closed();
                    untold = false;
                }
            }
            case OPEN -> learnOpen(row, retry, true);
            case HALF_OPEN -> learnOpen(row, retry, false);
        }
    }

    /** @param still whether the other node has not tried the site since */
    private void learnOpen(BreakerRecord row, @Nullable Instant retry, boolean still) {
        if (retry == null || (lastRetryAt != null && !retry.isAfter(lastRetryAt))) {
            return;
        }
        if (still || state() == BreakerState.CLOSED) {
            if (state() != BreakerState.OPEN) {
                breaker.transitionToOpenState();
            }
            opened(row.openedAt().orElse(row.updatedAt()), retry);
            untold = false;
        }
    }

    /** The row has gone: whoever writes next makes it anew. */
    void forgetRow() {
        seenRevision = 0;
    }

    /** What other nodes are to be told, as a row that follows the one that was seen; null when there is nothing. */
    @Nullable
    BreakerRecord news(String node, Instant now) {
        if (!untold || (seenRevision == 0 && state() == BreakerState.CLOSED)) {
            untold = false;
            return null;
        }
        offeredStretch = stretch;
        return row(node, now, resetAt);
    }

    BreakerRecord row(String node, Instant now, @Nullable Instant reset) {
        return new BreakerRecord(
                name, state(), failureRate(), calls(), openedAt, retryAt, reset, now, node, seenRevision + 1);
    }

    /** Other nodes were told; what changed since they will be told next. */
    void told(BreakerRecord row) {
        seenRevision = row.revision();
        untold &= offeredStretch != stretch;
    }

    BreakerView view() {
        return new BreakerView(name, state(), failureRate(), calls(), openedAt, retryAt, running, thresholds);
    }

    private double failureRate() {
        int calls = calls();
        return calls == 0 ? 0 : (double) breaker.getMetrics().getNumberOfFailedCalls() / calls;
    }

    private int calls() {
        return breaker.getMetrics().getNumberOfBufferedCalls();
    }

    private void halfOpen(Instant now) {
        breaker.transitionToHalfOpenState();
        stretch++;
        halfOpenAt = now;
        untold = true;
    }

    private void opened(Instant at, Instant retry) {
        stretch++;
        openedAt = at;
        retryAt = retry;
        lastRetryAt = retry;
        halfOpenAt = null;
    }

    private void closed() {
        stretch++;
        openedAt = null;
        retryAt = null;
        halfOpenAt = null;
    }

    /** Carries nothing into the breaker but that there was one: its category has decided before. */
    private static final class SiteFailure extends RuntimeException {
        SiteFailure() {
            super("a failed visit", null, false, false);
        }
    }
}
