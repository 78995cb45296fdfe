// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

/** The jobs of this node since its start, {@code dev.drover:type=Jobs}. */
public interface JobsMXBean {

    /** Jobs that this node has accepted. */
    long getSubmitted();

    /** Attempts that go on on this node. */
    int getRunning();

    /** Jobs that ended on this node with a result. */
    long getSucceeded();

    /** Jobs that ended on this node without one. */
    long getFailed();

    /** Jobs that ended on this node because someone asked. */
    long getCancelled();

    /** Attempts that went back to the queue because this node stops. */
    long getHandedBack();

    /** Writes that wait for the next transaction. */
    int getLedgerBacklog();

    /**
     * Does at once what the sweeper does within its seconds: sends the messages of jobs again that never left, takes up
     * jobs whose node is gone or whose time has come, and removes what has expired.
     */
    void sweepNow();
}
