// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.TaskFailure;
import java.util.Optional;

/** Launches browsers that are held for someone, beside those of the pool. */
public interface HeldBrowsers {

    /** Why no such browser can be had, in a sentence; empty when it may be tried. */
    Optional<String> refusal(String engine, boolean headless);

    /**
     * A browser that nobody has yet, without any context. Takes as long as a browser takes to start.
     *
     * @throws TaskFailure when it does not start
     */
    HeldBrowser launch(String engine, boolean headless);

    /** Whether another browser would push something out of the machine's memory that is in use. */
    boolean isMemoryShort();
}
