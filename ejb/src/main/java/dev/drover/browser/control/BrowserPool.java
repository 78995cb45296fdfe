// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.Duration;

/** The node's browser workers. */
public interface BrowserPool {

    /**
     * Hands work to a free worker that can serve the options, waiting for one if all are busy.
     *
     * @param label what the run is for, in logs and in the status: a job's id
     * @param timeout of the run, from the moment a worker takes it
     */
    <T> BrowserRun<T> start(String label, BrowserOptions options, Duration timeout, BrowserWork<T> work)
            throws InterruptedException;

    /** How many runs can go on at once. */
    int size();
}
