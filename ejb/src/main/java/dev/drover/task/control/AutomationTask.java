// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One kind of work that a job can ask for. Implementations are found through {@link java.util.ServiceLoader}, both those
 * that ship with Drover and those in jars of the folder {@code DROVER_TASKS_DIR}. One instance serves all jobs, so it
 * holds no state of a run.
 */
public interface AutomationTask {

    /** Name, schema and description; the same at every call. */
    TaskDescriptor descriptor();

    /**
     * Does the work of one attempt, on the thread that owns the page, and returns the job's {@code result}.
     *
     * @throws TaskFailure with the category of what went wrong; a Playwright exception that escapes is categorised by
     *     the server, any other exception counts as {@link ErrorCategory#INTERNAL}
     * @throws InterruptedException when the attempt was cancelled while the task waited
     */
    JsonNode run(TaskContext context) throws InterruptedException;
}
