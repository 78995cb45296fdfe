// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A part of a list, and whether there is more behind it. */
public record Page<T>(List<T> items, boolean hasNext) {

    public Page {
        items = List.copyOf(items);
    }

    /** @param found one more than the limit where there is a next page */
    public static <T> Page<T> of(List<T> found, int limit) {
        return new Page<>(found.subList(0, Math.min(found.size(), limit)), found.size() > limit);
    }

    /** What a caller gives for the next page; null on the last one. */
    public @Nullable String next(Function<T, Object> cursor) {
        return hasNext ? cursor.apply(items.getLast()).toString() : null;
    }
}
