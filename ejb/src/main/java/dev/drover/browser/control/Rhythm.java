// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.time.Duration;

/** Says when it is time again. */
final class Rhythm {

    private final Duration between;
    private long next;

    /** The first time is after as long as every other. */
    Rhythm(Duration between) {
        this.between = between;
        this.next = System.nanoTime() + between.toNanos();
    }

    boolean isDue() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        next = now + between.toNanos();
        return true;
    }
}
