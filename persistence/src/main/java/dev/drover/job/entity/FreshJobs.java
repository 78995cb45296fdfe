// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that this node accepted a moment ago. Most are taken here before anyone else touches them, and then their row
 * need not be read: the conditions of the update that takes a job decide whether this memory still holds. It is a hint
 * and never the truth, so it may hold a job whose transaction was rolled back, and may forget any.
 */
final class FreshJobs {

    private static final int MOST = 1_000;

    /** In characters; larger ones are read again rather than kept. */
    private static final int LARGEST = 8_192;

    private final Map<UUID, NewJob> jobs = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, NewJob> eldest) {
            return size() > MOST;
        }
    };

    synchronized void remember(NewJob job) {
        if (job.firstStatus() == JobStatus.QUEUED
                && job.params().length() + job.options().length() <= LARGEST) {
            jobs.put(job.id(), job);
        }
    }

    /** The job as its row was when it was accepted; only the first who asks gets it. */
    synchronized @Nullable Job recall(UUID id) {
        NewJob job = jobs.remove(id);
        return job == null ? null : new Job(job);
    }
}
