// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one run, and when it is kept: the run's own wishes, and the server's habit for the rest. The logs
 * cost next to nothing and are the habit for all; a trace costs much of a run's time, so it is for those that went wrong
 * once already (ADR 0012).
 */
record RecordingPlan(Keep trace, Keep video, Keep har, Keep log) {

    /** @param habit of the server, for runs that say nothing */
    static RecordingPlan of(Recording wishes, Keep habit) {
        return new RecordingPlan(
                orElse(wishes.trace(), wishes.repeated() ? habit : Keep.NEVER),
                orElse(wishes.video(), Keep.NEVER),
                orElse(wishes.har(), Keep.NEVER),
                orElse(wishes.log(), habit));
    }

    /** Whether the context has to be opened for it: the logs alone can be taken from any. */
    boolean needsOwnContext() {
        return trace != Keep.NEVER || video != Keep.NEVER || har != Keep.NEVER;
    }

    static boolean isKept(Keep keep, boolean failed) {
        return keep == Keep.ALWAYS || (keep == Keep.ON_FAILURE && failed);
    }

    private static Keep orElse(@Nullable Keep said, Keep otherwise) {
        return said == null ? otherwise : said;
    }
}
