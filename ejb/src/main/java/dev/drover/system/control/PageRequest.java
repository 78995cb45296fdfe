// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param cursor the last item of the page before; null for the first page
 * @param limit the most items of the page
 */
public record PageRequest(@Nullable UUID cursor, int limit) {

    /** The rows to look for: one more than the page has, which tells whether there is another. */
    public int rows() {
        return limit + 1;
    }

    /** @param found as many as there are, up to {@link #rows} */
    public <T> Page<T> page(List<T> found) {
        return Page.of(found, limit);
    }
}
