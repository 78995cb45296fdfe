// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

/** A run that was handed to a worker. */
public interface BrowserRun<T> {

    /**
     * Waits for the end, which always comes: the watchdog ends a run that outlives its time.
     *
     * @throws InterruptedException when the waiting thread is interrupted; the run goes on
     */
    RunOutcome<T> await() throws InterruptedException;

    /**
     * Ends the run as cancelled: one that still waits for its worker at once, one that goes on by interrupting the
     * worker's thread; a worker that does not react within its grace period loses its browser process. Does nothing once
     * the run has ended.
     */
    void cancel();
}
