// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.LaneDepth;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How much there is to do in each lane, read at most once a second: whoever watches asks for one number at a time. */
@ApplicationScoped
public class QueueDepths {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private JobQueries queries;
    private Clock clock;
    private Map<Lane, LaneDepth> depths = Map.of();
    private Instant readAt = Instant.MIN;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected QueueDepths() {}

    @Inject
    public QueueDepths(JobQueries queries, Clock clock) {
        this.queries = queries;
        this.clock = clock;
    }

    public synchronized LaneDepth of(Lane lane) {
        Instant now = clock.instant();
        if (readAt.isBefore(now.minus(FRESH))) {
            depths = queries.depths();
            readAt = now;
        }
        return depths.getOrDefault(lane, LaneDepth.EMPTY);
    }

    /** For how long the job has waited that has waited longest. */
    public Duration oldestWait(Lane lane) {
        Instant since = of(lane).waitingSince();
        Duration waited = since == null ? Duration.ZERO : Duration.between(since, clock.instant());
        return waited.isNegative() ? Duration.ZERO : waited;
    }
}
