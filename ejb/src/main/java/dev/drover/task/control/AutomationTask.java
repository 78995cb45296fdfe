// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of work that a job can ask for. Implementations are found through {@link java.util.ServiceLoader}, both those
 * that ship with Drover and those in jars of the folder {@code DROVER_TASKS_DIR}. One instance serves all jobs, so it
 * holds no state of a run.
 */
public interface AutomationTask {

    /** Name, schema and description; the same at every call. */
    TaskDescriptor descriptor();

    /** Whether it asks people, so that an attempt does not begin while too many wait for theirs. */
    default boolean asksPeople() {
        return false;
    }

    /** Whether only administrators may ask for it, since it does more than to use a browser. */
    default boolean isForAdministrators() {
        return false;
    }

    /**
     * What does not fit about parameters that are valid against the schema, for what a schema cannot say. Called when a
     * job is submitted, with the defaults filled in.
     */
    default List<ParamsCheck.Violation> objections(ObjectNode params) {
        return List.of();
    }

    /**
     * The parameters with what they leave to the settings of the server filled in. Called on the node that runs the job,
     * before each attempt.
     *
     * @param params which may be changed
     */
    default ObjectNode completed(ObjectNode params) {
        return params;
    }

    /**
     * The {@code data} of a {@code booking_completed} event, for a task that books something; goes out before the job's
     * own end.
     *
     * @param result of the job; null when it failed or was cancelled
     */
    default Optional<ObjectNode> booking(@Nullable JsonNode result) {
        return Optional.empty();
    }

    /**
     * Does the work of one attempt, on the thread that owns the page, and returns the job's {@code result}.
     *
     * @throws TaskFailure with the category of what went wrong; a Playwright exception that escapes is categorised by
     *     the server, any other exception counts as {@link ErrorCategory#INTERNAL}
     * @throws InterruptedException when the attempt was cancelled while the task waited
     */
    JsonNode run(TaskContext context) throws InterruptedException;
}
