// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.task.control.TaskFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A browser process of its own that goes on until it is closed, for clients that drive it themselves. May be used by any
 * thread.
 */
public interface HeldBrowser {

    /**
     * A display over VNC.
     *
     * @param address on loopback, as in {@code vnc://127.0.0.1:5900}
     * @param password null where none is asked for
     * @param alive whether it is there
     */
    record Vnc(URI address, @Nullable String password, boolean alive) {}

    String engine();

    boolean headless();

    /** Of the browser itself. */
    String version();

    /** Of the browser's first process. */
    long pid();

    /** Where Playwright's clients are answered, on loopback. Whoever reaches it may do anything. */
    URI playwright();

    /** Where the DevTools protocol is spoken, on loopback; empty for engines that do not. */
    Optional<URI> devTools();

    /** The display of its own that its window is on; empty where it has none. */
    Optional<Vnc> vnc();

    /** For files that clients have the browser write; ends with the browser's driver. */
    Path files();

    /**
     * Opens its first context, with a page.
     *
     * @param state what it is signed in with; null for none
     * @throws TaskFailure when that does not succeed
     */
    void open(BrowserOptions options, @Nullable StorageState state);

    /** The same without cookies. */
    default void open(BrowserOptions options) {
        open(options, null);
    }

    /**
     * Does something with its page, as one more client. The page belongs to a thread of the room, and the work must not
     * keep it.
     *
     * @param limit after which the work is interrupted and its outcome is a failure of the category {@code timeout}
     * @return fails with a {@link TaskFailure}
     */
    <T> CompletableFuture<T> act(Duration limit, BrowserWork<T> work);

    /** Whether its process runs, and its display where it has one. */
    boolean isAlive();

    /** Ends it at once; takes some milliseconds. */
    void close();
}
