// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static java.util.Objects.requireNonNull;

import dev.drover.browser.control.HeldBrowser;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A session whose browser runs on this node. Whoever uses it says so, which costs no more than a field. */
public final class LiveSession {

    /** A connection through which someone uses the session. */
    @FunctionalInterface
    public interface Connection {

        /** The session has ended. */
        void sessionEnded(String reason);
    }

    private static final Duration FRAME_PAUSE = Duration.ofMinutes(1);

    private final BrowserSession row;
    private final HeldBrowser browser;
    private final Clock clock;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean acting = new AtomicBoolean();
    private volatile Instant lastSeen;
    private volatile Instant written;
    private final AtomicBoolean picturing = new AtomicBoolean();
    private volatile Instant pictureDue = Instant.EPOCH;
    private volatile Instant pictured = Instant.EPOCH;
    private volatile @Nullable CloseReason ending;

    LiveSession(BrowserSession row, HeldBrowser browser, Clock clock) {
        this.row = requireNonNull(row, "row");
        this.browser = requireNonNull(browser, "browser");
        this.clock = requireNonNull(clock, "clock");
        this.lastSeen = row.lastSeenAt();
        this.written = row.lastSeenAt();
    }

    public UUID id() {
        return row.id();
    }

    public String engine() {
        return browser.engine();
    }

    /** Where Playwright's clients are answered, on loopback. */
    public URI playwright() {
        return browser.playwright();
    }

    /** Where the DevTools protocol is spoken, on loopback; empty for engines that do not. */
    public Optional<URI> devTools() {
        return browser.devTools();
    }

    /** Where RFB is spoken, on loopback, as in {@code vnc://127.0.0.1:5900}; empty for sessions without VNC. */
    public Optional<URI> vnc() {
        return browser.vnc().map(HeldBrowser.Vnc::address);
    }

    /** Where clients may have the browser write. */
    public Path files() {
        return browser.files();
    }

    /** Something came from whoever uses it. */
    public void seen() {
        lastSeen = clock.instant();
    }

    /**
     * From now on the connection is told of the session's end.
     *
     * @return how to leave
     */
    public Runnable join(Connection connection) {
        connections.add(connection);
        CloseReason over = ending;
        if (over != null) {
            connection.sessionEnded(over.wireName());
        }
        return () -> connections.remove(connection);
    }

    /** False while another action goes on. */
    boolean beginAction() {
        return acting.compareAndSet(false, true);
    }

    void endAction() {
        acting.set(false);
    }

    /**
     * Whether it was used since the last frame of its timeline, or shortly before: then the next one begins.
     *
     * @param after how long a use may take to show
     */
    boolean beginFrame(Duration after) {
        Instant now = clock.instant();
        if (now.isBefore(pictureDue)
                || pictured.isAfter(lastSeen.plus(after))
                || !picturing.compareAndSet(false, true)) {
            return false;
        }
        pictured = now;
        return true;
    }

    /** A page that could not be pictured is left alone for a while. */
    void endFrame(boolean done) {
        if (!done) {
            pictureDue = clock.instant().plus(FRAME_PAUSE);
        }
        picturing.set(false);
    }

    /** How many connections there are. */
    int connections() {
        return connections.size();
    }

    BrowserSession row() {
        return row;
    }

    /** What viewers of its display are asked for; null where nothing is. */
    @Nullable
    String vncPassword() {
        return browser.vnc().map(HeldBrowser.Vnc::password).orElse(null);
    }

    HeldBrowser browser() {
        return browser;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    Instant expires() {
        return row.expiry(lastSeen);
    }

    /** Why it is to end now; null while it may go on. */
    @Nullable
    CloseReason due() {
        Instant now = clock.instant();
        if (!browser.isAlive()) {
            // Without its display a browser ends as well, so the display is looked at first.
            return browser.vnc().filter(display -> !display.alive()).isPresent()
                    ? CloseReason.DISPLAY_LOST
                    : CloseReason.BROWSER_CRASHED;
        }
        if (!now.isBefore(row.createdAt().plus(row.maxTtl()))) {
            return CloseReason.MAX_TTL;
        }
        return now.isBefore(expires()) ? null : CloseReason.IDLE;
    }

    /** What is to be written down of its use; null when that is known already. */
    @Nullable
    Instant unwritten() {
        Instant seen = lastSeen;
        if (!seen.isAfter(written)) {
            return null;
        }
        written = seen;
        return seen;
    }

    /** Ends its browser and its connections; false when someone did before. */
    boolean end(CloseReason reason) {
        synchronized (this) {
            if (ending != null) {
                return false;
            }
            ending = reason;
        }
        browser.close();
        connections.forEach(connection -> connection.sessionEnded(reason.wireName()));
        return true;
    }
}
