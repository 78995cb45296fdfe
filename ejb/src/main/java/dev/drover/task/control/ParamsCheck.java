// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What came of checking a job's parameters against its task's schema. */
public sealed interface ParamsCheck {

    /** The parameters fit; the schema's defaults are filled in. */
    record Accepted(ObjectNode params) implements ParamsCheck {}

    /** The parameters do not fit, for at least one reason. */
    record Refused(List<Violation> violations) implements ParamsCheck {
        public Refused {
            violations = List.copyOf(violations);
        }
    }

    /**
     * One reason.
     *
     * @param pointer where, as an RFC 6901 pointer into the parameters; a missing or unknown field's is its own
     * @param message for people, without the field's name: {@code is required}
     */
    record Violation(String pointer, String message) {}
}
