// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one browser worker does at the moment of asking.
 *
 * @param id from 1
 * @param engine that runs in it now; null when none does
 * @param version of the browser; null when none runs
 * @param run label of the run that goes on; null when none does
 * @param runs since the browser was launched
 * @param browserPid process of the browser; 0 when none runs
 * @param driverPid process of the Playwright driver; 0 when none runs
 * @param launchedAt when the browser was launched; null when none runs
 */
public record WorkerStatus(
        int id,
        @Nullable String engine,
        @Nullable String version,
        State state,
        @Nullable String run,
        int runs,
        long browserPid,
        long driverPid,
        @Nullable Instant launchedAt) {

    public WorkerStatus {
        requireNonNull(state, "state");
    }

    /**
     * Memory of the driver, the browser and all of their processes in bytes, shared pages divided among those who share
     * them. Reads the kernel's figures at every call, which takes milliseconds; 0 where there are none.
     */
    public long memoryBytes() {
        return ProcessMemory.ofTree(driverPid);
    }

    /** What a worker does. */
    public enum State {
        /** Launches its browser. */
        STARTING,
        /** Ready, or ready to launch, for the next run. */
        IDLE,
        /** Runs something. */
        BUSY,
        /** Replaces its browser, or the context that a run has used. */
        RECYCLING,
        /** Its browser could not be launched; it tries again. */
        BROKEN;

        /** The name in the API: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
