// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do on a page.
 *
 * @param startUrl where to begin; null where the first step goes there
 * @param variables to begin with
 */
public record Script(@Nullable Template startUrl, ObjectNode variables, List<Step> steps) {
    public Script {
        steps = List.copyOf(steps);
    }
}
