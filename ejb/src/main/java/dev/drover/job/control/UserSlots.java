// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.security.entity.Owner;
import dev.drover.system.control.ReturnLine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many jobs of one user this node runs at once. */
final class UserSlots {

    /** After how long a job is to come again for which its user had no slot. */
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private final int most;
    private final Map<Owner, Integer> taken = new HashMap<>();
    private final ReturnLine line = new ReturnLine(BETWEEN);

    /** @param most 0 is no limit */
    UserSlots(int most) {
        this.most = most;
    }

    /** Takes a slot: then the answer is null. Else when to come again. */
    synchronized @Nullable Instant take(Owner owner, Instant now) {
        int before = taken.getOrDefault(owner, 0);
        if (most > 0 && before >= most) {
            return line.place(now.plus(NO_ROOM));
        }
        taken.put(owner, before + 1);
        return null;
    }

    synchronized void free(Owner owner) {
        taken.computeIfPresent(owner, (user, slots) -> slots == 1 ? null : slots - 1);
    }
}
