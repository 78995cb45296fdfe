// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.TaskFailure;
import java.util.Optional;

/** Launches browsers that are held for someone, beside those of the pool. */
public interface HeldBrowsers {

    /** The code of the failure when every number or port for displays is taken. */
    String DISPLAYS_TAKEN = "displays_taken";

    /** Why no such browser can be had, in a sentence; empty when it may be tried. */
    Optional<String> refusal(String engine, Window window);

    /**
     * A browser that nobody has yet, without any context. Takes as long as a browser takes to start.
     *
     * @throws TaskFailure when it does not start; with the code {@link #DISPLAYS_TAKEN} when another display is one too
     *     many
     */
    HeldBrowser launch(String engine, Window window);

    /** Whether another browser would push something out of the machine's memory that is in use. */
    boolean isMemoryShort();

    /** Ends displays that nobody will end, and removes what those of killed servers have left. */
    void sweepDisplays();

    /** How many displays this node has. */
    int displays();

    /** How many of them belong to no browser that lives; they are ended by the next sweep. */
    int orphanedDisplays();
}
