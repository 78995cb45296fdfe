// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.Jobs;
import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.Vital;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/** How many jobs there are in each status. */
@ApplicationScoped
class JobsVital implements Vital {

    private final Jobs jobs;

    @Inject
    JobsVital(Jobs jobs) {
        this.jobs = jobs;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    JobsVital() {
        this(null);
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Reading read() {
        Map<JobStatus, Long> counts = jobs.counts();
        Map<String, Object> byName = new TreeMap<>();
        for (JobStatus status : JobStatus.values()) {
            byName.put(status.wireName(), counts.getOrDefault(status, 0L));
        }
        long waiting = counts.getOrDefault(JobStatus.QUEUED, 0L);
        return new Reading(true, waiting == 0 ? "No job waits." : "Jobs wait: " + waiting + ".", byName);
    }
}
