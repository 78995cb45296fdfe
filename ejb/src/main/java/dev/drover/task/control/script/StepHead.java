// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all steps have.
 *
 * @param index of the step for people, from 1 on; a step inside step 3 is {@code 3.1}
 * @param action the word in the script
 * @param name what the author calls the step
 * @param target what the step is about, a selector for one, for messages; never a value that could be secret
 * @param timeout how long the step may wait
 */
public record StepHead(
        String index,
        String action,
        @Nullable String name,
        @Nullable String target,
        Duration timeout) {
    public StepHead {
        requireNonNull(index, "index");
        requireNonNull(action, "action");
        requireNonNull(timeout, "timeout");
    }

    /** {@code Step 3.1 (click '#next')}. */
    public String description() {
        return "Step " + index + " (" + label() + ")";
    }

    /** The step's name, else its action and target. */
    public String label() {
        if (name != null) {
            return name;
        }
        return target == null ? action : action + " '" + target + "'";
    }
}
