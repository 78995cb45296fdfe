// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import java.time.Duration;

/**
 * All that a task may touch of the server while it runs. Every method belongs to the thread that called
 * {@link AutomationTask#run}; none may be called from another.
 */
public interface TaskContext {

    /** The job's parameters: valid against the task's schema, with the schema's defaults filled in. */
    ObjectNode params();

    /**
     * The blank page of a browser context that no other job has used or will use.
     *
     * @throws IllegalStateException when the task's descriptor names no engine
     */
    Page page();

    /**
     * Reports progress to whoever follows the job.
     *
     * @param stage the task's word for where it is; one of its descriptor's stages
     * @param progress percent, 0 to 100
     * @param message one sentence for people
     * @throws TaskCancelled when the job was cancelled, which makes every progress report a point to stop at
     */
    void progress(String stage, double progress, String message);

    /**
     * Tells what has been found so far and is of use without the rest. Where the operator allows reduced results of the
     * task, the last word of an attempt becomes the result of a job that would fail.
     */
    void found(JsonNode soFar);

    /** Adds a line to the job's log, which its followers see as a {@code log} event. */
    void log(String message);

    /**
     * Keeps a file with the job. A second one of the same name replaces the first.
     *
     * @param name a file name: letters, digits, dots, dashes and underscores, at most 120 characters
     */
    void attach(ArtifactKind kind, String name, String contentType, byte[] content);

    /** What is left of the attempt's time; never negative. */
    Duration remaining();

    /**
     * A point at which the task is willing to stop.
     *
     * @throws TaskCancelled when the job was cancelled
     */
    void checkCancelled();
}
