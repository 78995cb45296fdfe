// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserWork;
import dev.drover.browser.control.HeldBrowser;
import dev.drover.browser.control.StorageState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A browser that only says whether it runs. */
final class FakeBrowser implements HeldBrowser {

    private boolean alive = true;
    private Optional<Vnc> vnc = Optional.empty();

    /** Its window is on a display, which has ended, and the browser with it. */
    void loseDisplay() {
        vnc = Optional.of(new Vnc(URI.create("vnc://127.0.0.1:5900"), null, false));
        crash();
    }

    void crash() {
        alive = false;
    }

    @Override
    public String engine() {
        return "chromium";
    }

    @Override
    public boolean headless() {
        return true;
    }

    @Override
    public String version() {
        return "151.0";
    }

    @Override
    public long pid() {
        return 4711;
    }

    @Override
    public URI playwright() {
        return URI.create("ws://127.0.0.1:1/x");
    }

    @Override
    public Optional<URI> devTools() {
        return Optional.empty();
    }

    @Override
    public Optional<Vnc> vnc() {
        return vnc;
    }

    @Override
    public Path files() {
        return Path.of("target");
    }

    @Override
    public void open(BrowserOptions options, @Nullable StorageState state) {
        // It has no contexts.
    }

    @Override
    public <T> CompletableFuture<T> act(Duration limit, BrowserWork<T> work) {
        return new CompletableFuture<>();
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public void close() {
        alive = false;
    }
}
