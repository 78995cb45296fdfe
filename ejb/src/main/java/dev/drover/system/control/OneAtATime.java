// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The rounds of a timer: one is left out while the last still goes on, and none ends the timer by failing. */
public final class OneAtATime {

    private final AtomicBoolean going = new AtomicBoolean();
    private final Consumer<RuntimeException> failed;

    /** @param failed hears of each round that failed */
    public OneAtATime(Consumer<RuntimeException> failed) {
        this.failed = failed;
    }

    public void run(Runnable round) {
        if (!going.compareAndSet(false, true)) {
            return;
        }
        try {
            round.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        } finally {
            going.set(false);
        }
    }
}
