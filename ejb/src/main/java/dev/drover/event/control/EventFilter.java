// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import dev.drover.event.entity.EventType;
import dev.drover.security.entity.Scope;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscriber wants, within the scope of what it may see.
 *
 * @param types empty means all of jobs
 * @param labels the job has all of these
 */
public record EventFilter(
        Scope scope, Set<EventType> types, @Nullable String task, Map<String, String> labels) {

    public EventFilter {
        types = Set.copyOf(types);
        labels = Map.copyOf(labels);
    }

    boolean wants(EventFrame frame) {
        return scope.covers(frame.owner())
                && (types.isEmpty() ? frame.type().isOfJob() : types.contains(frame.type()))
                && (task == null || task.equals(frame.task()))
                && frame.labels().entrySet().containsAll(labels.entrySet());
    }
}
