// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

/** One lane of jobs, {@code dev.drover:type=Queue,name=browser} or {@code plain}: what the database holds, of all nodes. */
public interface QueueMXBean {

    /** Jobs whose time has not come. */
    long getScheduled();

    /** Jobs that wait for a worker. */
    long getQueued();

    /** Jobs that some node runs. */
    long getRunning();

    /** Jobs that wait for a person. */
    long getWaitingForHuman();

    /** Jobs whose next attempt waits for its time. */
    long getRetrying();

    /** For how many seconds the job has waited that has waited longest; 0 when none waits. */
    long getOldestWaitSeconds();

    /** How many jobs of the lane this node runs at once; 0 on a node that runs none. */
    int getSlotsOfThisNode();
}
