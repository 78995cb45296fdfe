// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.session.control.ClientGuard;
import dev.drover.session.control.LiveSession;
import dev.drover.session.control.Sessions;
import dev.drover.system.control.Ticker;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes bridges, and ends those whose clients show no sign of life any more. */
@ApplicationScoped
public class Bridges {

    private static final Duration BEAT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(65);

    private final Set<Bridge> open = ConcurrentHashMap.newKeySet();
    private Sessions sessions;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Bridges() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the thread factory is injected later
    public Bridges(Sessions sessions) {
        this.sessions = sessions;
    }

    void start(@Observes Startup event, Ticker ticker) {
        ticker.every(BEAT, this::look);
    }

    /**
     * Answers the handshake of a client and joins it with a browser's endpoint.
     *
     * @throws IOException when the browser does not answer; the client is still to be told
     */
    void join(
            HttpServletRequest request,
            HttpServletResponse response,
            LiveSession session,
            URI endpoint,
            ClientGuard guard)
            throws IOException, ServletException {
        BrowserLine browser = BrowserLine.open(endpoint, String.valueOf(request.getHeader("Sec-WebSocket-Key")));
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", browser.accept());
        request.upgrade(BridgeUpgrade.class)
                .prepare((client, connection) -> joined(client, connection, browser, session, guard));
    }

    private Bridge joined(
            OutputStream client, Closeable connection, BrowserLine browser, LiveSession session, ClientGuard guard) {
        Bridge bridge = new Bridge(client, connection, browser, session, guard, () -> sessions.closedByClient(session));
        bridge.join();
        open.add(bridge);
        // A platform thread: one that waits for a slow reader must not hold up what runs on virtual ones.
        Thread listener = threads.newThread(() -> {
            bridge.listen();
            open.remove(bridge);
        });
        listener.setName("session-bridge");
        listener.start();
        return bridge;
    }

    private void look() {
        for (Bridge bridge : List.copyOf(open)) {
            if (bridge.silence().compareTo(SILENCE) > 0) {
                bridge.close(Bridge.GOING_AWAY, "No sign of life.");
            } else {
                bridge.ping();
            }
        }
    }
}
