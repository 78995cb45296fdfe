// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

/** The job was cancelled; a task lets this pass, after tidying up what it must. */
public final class TaskCancelled extends RuntimeException {

    public TaskCancelled() {
        super("the job was cancelled", null, false, false);
    }
}
