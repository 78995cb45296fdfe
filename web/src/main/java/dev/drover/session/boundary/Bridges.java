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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes bridges, and ends those whose clients show no sign of life any more. */
@ApplicationScoped
public class Bridges {

    private static final Duration BEAT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(65);

    /** What older VNC clients offer, and want to hear again. */
    private static final String BINARY = "binary";

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
     * Answers the handshake of a client and joins it with an endpoint of a browser, or with its display.
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
        Line browser = Line.open(endpoint, key(request));
        switchProtocols(response, browser);
        if (!browser.isFramed() && offers(request, BINARY)) {
            response.setHeader("Sec-WebSocket-Protocol", BINARY);
        }
        request.upgrade(BridgeUpgrade.class)
                .prepare((client, connection) -> joined(client, connection, browser, session, guard));
    }

    /**
     * Answers the handshake of a client as another node does, and joins it with that node.
     *
     * @param headers of the handshake with the node
     * @throws BrowserLine.Refused when the node does not let the client in
     * @throws IOException when it does not answer; the client is still to be told
     */
    void splice(HttpServletRequest request, HttpServletResponse response, URI endpoint, Map<String, String> headers)
            throws IOException, ServletException {
        BrowserLine node = BrowserLine.open(endpoint, key(request), headers);
        switchProtocols(response, node);
        node.subprotocol().ifPresent(name -> response.setHeader("Sec-WebSocket-Protocol", name));
        request.upgrade(BridgeUpgrade.class).prepare((client, connection) -> {
            Splice splice = new Splice(client, connection, node);
            listen(splice, () -> {});
            return splice;
        });
    }

    private static String key(HttpServletRequest request) {
        return String.valueOf(request.getHeader("Sec-WebSocket-Key"));
    }

    private static void switchProtocols(HttpServletResponse response, Line line) {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", line.accept());
    }

    private static boolean offers(HttpServletRequest request, String protocol) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .anyMatch(offered -> offered.strip().equals(protocol));
    }

    private Bridge joined(
            OutputStream client, Closeable connection, Line browser, LiveSession session, ClientGuard guard) {
        Bridge bridge = new Bridge(client, connection, browser, session, guard, () -> sessions.closedByClient(session));
        bridge.join();
        open.add(bridge);
        listen(bridge, () -> open.remove(bridge));
        return bridge;
    }

    /** On a platform thread: one that waits for a slow reader must not hold up what runs on virtual ones. */
    private void listen(Passage passage, Runnable ended) {
        Thread listener = threads.newThread(() -> {
            passage.listen();
            ended.run();
        });
        listener.setName("session-bridge");
        listener.start();
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
