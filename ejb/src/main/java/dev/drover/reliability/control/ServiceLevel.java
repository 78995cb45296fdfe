// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.job.entity.JobPriority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much of its work the service takes on. Reading, following and cancelling work at every level. */
public enum ServiceLevel {
    /** Everything. */
    FULL(0, 0),
    /** No new jobs that can wait. */
    DEGRADED(1, JobPriority.NORMAL.jms()),
    /** Only new jobs that are urgent to somebody. */
    MINIMAL(2, JobPriority.HIGH.jms()),
    /** No new jobs; what was accepted goes on as far as it can. */
    EMERGENCY(3, Integer.MAX_VALUE);

    private final int rank;
    private final int least;

    /** @param least the lowest priority of which new jobs are taken, as Jakarta Messaging counts */
    ServiceLevel(int rank, int least) {
        this.rank = rank;
        this.least = least;
    }

    /** 0 for the best, 3 for the worst. */
    public int rank() {
        return rank;
    }

    /** Whether new jobs of the priority are refused. */
    public boolean refuses(JobPriority priority) {
        return priority.jms() < least;
    }

    /** The priorities of which no new jobs are taken, the lowest first. */
    public List<JobPriority> refused() {
        return Arrays.stream(JobPriority.values()).filter(this::refuses).toList();
    }

    boolean isWorseThan(ServiceLevel other) {
        return compareTo(other) > 0;
    }

    static ServiceLevel worst(ServiceLevel one, ServiceLevel other) {
        return one.isWorseThan(other) ? one : other;
    }

    /** The name in the API: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
