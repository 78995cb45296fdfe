// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.util.concurrent.TimeUnit;

/** What was done and how long it took: an entry for every step that was begun, in the order in which they began. */
final class StepLog {

    private static final int MOST_STEPS = 5_000;

    private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();

    /** One step that was begun. */
    static final class Entry {
        private final ObjectNode json;
        private final long began = System.nanoTime();

        private Entry(ObjectNode json) {
            this.json = json;
        }

        /**
         * @param status {@code passed}, {@code failed}, or {@code skipped} for a condition that did not hold
         */
        void ended(String status) {
            json.put("status", status).put("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    /**
     * @param round of the innermost repetition, from 1 on; 0 outside of any
     */
    Entry began(StepHead head, int round) {
        if (entries.size() >= MOST_STEPS) {
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT,
                    "too_many_steps",
                    "A run takes at most %d steps, repetitions included.".formatted(MOST_STEPS));
        }
        ObjectNode json = entries.addObject().put("index", head.index()).put("action", head.action());
        if (head.name() != null) {
            json.put("name", head.name());
        }
        if (round > 0) {
            json.put("round", round);
        }
        return new Entry(json);
    }

    ArrayNode entries() {
        return entries;
    }
}
