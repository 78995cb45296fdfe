// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.Meters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** What is counted of fallbacks on this node, since its start. */
@ApplicationScoped
public class FallbackMeters {

    /** A fallback of a task. */
    public record Use(String task, String fallback) {}

    /**
     * How often it was used.
     *
     * @param succeeded of them, jobs that came to a result by it
     */
    public record Count(long used, long succeeded, Instant lastUsedAt) {

        Count and(boolean success, Instant at) {
            return new Count(used + 1, succeeded + (success ? 1 : 0), at);
        }
    }

    private final Map<Use, Count> counts = new ConcurrentHashMap<>();
    private MetricRegistry registry;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected FallbackMeters() {}

    @Inject
    public FallbackMeters(MetricRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void ended(String task, JobFallback used, JobStatus status) {
        boolean success = status == JobStatus.SUCCEEDED;
        Instant now = clock.instant();
        counts.merge(
                new Use(task, used.kind()),
                new Count(1, success ? 1 : 0, now),
                (count, first) -> count.and(success, now));
        registry.counter(
                        Meters.described("drover_fallbacks", "Attempts and results of jobs that were fallbacks."),
                        new Tag("task", task),
                        new Tag("fallback", used.kind()),
                        new Tag("outcome", status.wireName()))
                .inc();
    }

    Map<Use, Count> counts() {
        Map<Use, Count> sorted = new TreeMap<>(Comparator.comparing(Use::task).thenComparing(Use::fallback));
        sorted.putAll(counts);
        return sorted;
    }
}
