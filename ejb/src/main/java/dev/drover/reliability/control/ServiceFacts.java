// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a node knows of itself and of what it depends on, at a moment.
 *
 * @param workers browser workers that it is to have; 0 on a node that runs no jobs
 * @param brokenWorkers of them, those that cannot launch their browser
 * @param queued jobs that wait for a worker, on all nodes
 * @param running attempts that go on, on all nodes
 * @param oldestWait of the job that has waited longest
 * @param sites that this node keeps a circuit breaker of
 * @param openSites of them, those whose breaker is open or half open
 * @param diskFree bytes for the data folder
 * @param ledgerBacklog writes that wait for the next transaction
 */
public record ServiceFacts(
        boolean databaseUp,
        boolean brokerUp,
        int workers,
        int brokenWorkers,
        long queued,
        long running,
        Duration oldestWait,
        int sites,
        int openSites,
        long diskFree,
        int ledgerBacklog) {

    static final long MEGABYTE = 1024 * 1024;

    /** All is well and nothing is to be done. */
    static final ServiceFacts WELL = new ServiceFacts(true, true, 0, 0, 0, 0, Duration.ZERO, 0, 0, Long.MAX_VALUE, 0);

    public ServiceFacts {
        requireNonNull(oldestWait, "oldestWait");
    }

    long diskFreeMegabytes() {
        return diskFree / MEGABYTE;
    }

    double brokenWorkersPercent() {
        return workers == 0 ? 0 : 100.0 * brokenWorkers / workers;
    }

    double openSitesPercent() {
        return sites == 0 ? 0 : 100.0 * openSites / sites;
    }
}
