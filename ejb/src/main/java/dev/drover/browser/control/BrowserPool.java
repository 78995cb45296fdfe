// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The node's browser workers. */
public interface BrowserPool {

    /**
     * Hands work to a worker that can serve the options: to a free one at once, else in the order of asking. Never
     * blocks; a run that waits for its worker can be cancelled like one that goes on. An engine that is not available
     * makes the run fail, never another engine take its place.
     *
     * @param label what the run is for, in logs and in the status: a job's id
     * @param state what the page is signed in with; null for a page without cookies
     * @param timeout of the work, from the moment its page is there
     */
    <T> BrowserRun<T> start(
            String label, BrowserOptions options, @Nullable StorageState state, Duration timeout, BrowserWork<T> work);

    /** The same with a page without cookies. */
    default <T> BrowserRun<T> start(String label, BrowserOptions options, Duration timeout, BrowserWork<T> work) {
        return start(label, options, null, timeout, work);
    }

    /**
     * Waits for a place among the node's workers: for whoever may bring a run and can still leave it to another node
     * while it waits. Does not reserve a worker, and holds nobody up when the pool ends.
     */
    default Place enter() throws InterruptedException {
        return () -> {};
    }

    /** A place of {@link #enter}, until it is closed. */
    interface Place {
        void close();
    }

    /** How many runs can go on at once, now. */
    int size();

    /** How many there are at least, however little there is to do. */
    default int least() {
        return size();
    }

    /** How many there may become. */
    default int most() {
        return size();
    }

    /** How many runs wait for a worker. */
    int waiting();

    /** How many browsers were replaced because of their runs or their size, since the start. */
    long recycled();

    /** Every engine that Drover knows, with what this node can do with it. */
    List<EngineStatus> engines();

    /** What each worker does now, in the order of their numbers. */
    List<WorkerStatus> workers();
}
