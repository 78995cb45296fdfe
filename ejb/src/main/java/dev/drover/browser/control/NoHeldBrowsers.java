// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.util.Optional;

/** Of a node that leaves browsers to others. */
final class NoHeldBrowsers implements HeldBrowsers {

    private static final String REASON = "This node has no browsers (DROVER_ROLES).";

    @Override
    public Optional<String> refusal(String engine, Window window) {
        return Optional.of(REASON);
    }

    @Override
    public HeldBrowser launch(String engine, Window window) {
        throw new TaskFailure(ErrorCategory.ENGINE_UNAVAILABLE, "engine_unavailable", REASON);
    }

    @Override
    public boolean isMemoryShort() {
        return true;
    }

    @Override
    public void sweepDisplays() {
        // There are none.
    }

    @Override
    public int displays() {
        return 0;
    }

    @Override
    public int orphanedDisplays() {
        return 0;
    }
}
