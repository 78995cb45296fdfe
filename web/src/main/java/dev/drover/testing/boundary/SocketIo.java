// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.event.control.Subscription;
import dev.drover.security.control.Caller;
import dev.drover.testing.control.TestProgress;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.socket.engineio.server.EngineIoServer;
import io.socket.engineio.server.EngineIoServerOptions;
import io.socket.engineio.server.EngineIoSocket;
import io.socket.engineio.server.ReadyState;
import io.socket.socketio.server.SocketIoServer;
import io.socket.socketio.server.SocketIoSocket;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Test progress as the test backend's clients hear it: what one sends as {@code test_status_update} comes to all as
 * {@code test_progress}, and so does what the server itself has to say of executions. The protocol is that of the library.
 */
@ApplicationScoped
public class SocketIo {

    static final String UPDATE = "test_status_update";
    static final String PROGRESS = "test_progress";

    /** What is wrong with an update, to its sender, where that asked for no acknowledgement. */
    static final String ERROR = "test_error";

    private static final Duration PING = Duration.ofSeconds(25);
    private static final Duration PONG = Duration.ofSeconds(20);
    private static final int UPDATES_A_SECOND = 50;
    private static final int LARGEST_UPDATE = 16 * 1024;

    /** Of the answers to one that sends and never polls, which the library would keep. */
    private static final int MOST_UNFETCHED = 256;

    private static final RateLimiterConfig PACE = RateLimiterConfig.custom()
            .limitForPeriod(UPDATES_A_SECOND)
            .limitRefreshPeriod(Duration.ofSeconds(1))
            .timeoutDuration(Duration.ZERO)
            .build();

    /** Who begins a connection, and by what; the library tells of it on the thread of its first request. */
    private static final ThreadLocal<Beginning> BEGINNING = new ThreadLocal<>();

    /** @param webSocket null of one that polls */
    private record Beginning(Caller caller, @Nullable EngineSocket webSocket) {}

    /** One that lasts over requests, and may begin with polling and go on by a WebSocket. */
    private static final class Connection {
        private final Caller caller;
        private final EngineIoSocket socket;
        private final AtomicInteger unfetched = new AtomicInteger();
        private final AtomicBoolean joined = new AtomicBoolean();
        private volatile @Nullable EngineSocket webSocket;

        Connection(Beginning beginning, EngineIoSocket socket) {
            this.caller = beginning.caller();
            this.webSocket = beginning.webSocket();
            this.socket = socket;
        }
    }

    /** By their ids. */
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    private TestProgress progress;
    private EngineIoServer engine;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SocketIo() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest is injected or starts with the bean
    public SocketIo(TestProgress progress) {
        this.progress = progress;
    }

    @PostConstruct
    void start() {
        EngineIoServerOptions options = EngineIoServerOptions.newFromDefault();
        options.setCorsHandlingDisabled(true);
        options.setPingInterval(PING.toMillis());
        options.setPingTimeout(PONG.toMillis());
        options.setScheduledExecutorService(scheduler);
        engine = new EngineIoServer(options);
        engine.on("connection", begun -> remember((EngineIoSocket) begun[0]));
        new SocketIoServer(engine).namespace("/").on("connection", joined -> join((SocketIoSocket) joined[0]));
    }

    /** The requests of polling clients would be open for minutes. */
    @PreDestroy
    void stop() {
        connections.values().forEach(connection -> connection.socket.close());
    }

    /**
     * Answers a request of a client that polls, now or when there is something to tell.
     *
     * @param id of the connection; null of a new one
     * @return false when the connection is not the caller's
     */
    boolean poll(Caller caller, @Nullable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (id != null && find(caller, id).isEmpty()) {
            return false;
        }
        BEGINNING.set(new Beginning(caller, null));
        try {
            engine.handleRequest(request, response);
            return true;
        } finally {
            BEGINNING.remove();
        }
    }

    /** Takes a WebSocket, of a connection that begins or of one that has polled until now. */
    EngineSocket connect(Caller caller, Session session) {
        EngineSocket webSocket = new EngineSocket(session, scheduler);
        String id = webSocket.getQuery().get("sid");
        Optional<Connection> polling = id == null ? Optional.empty() : find(caller, id);
        if (id != null && polling.isEmpty()) {
            webSocket.close();
            return webSocket;
        }
        polling.ifPresent(connection -> connection.webSocket = webSocket);
        BEGINNING.set(new Beginning(caller, webSocket));
        try {
            engine.handleWebSocket(webSocket);
            return webSocket;
        } finally {
            BEGINNING.remove();
        }
    }

    /** Ids can be guessed, so that an id alone is nobody's right. */
    private Optional<Connection> find(Caller caller, String id) {
        return Optional.ofNullable(connections.get(id)).filter(connection -> connection.caller.equals(caller));
    }

    /** The library forgets to tell of the end of some connections, so those that have ended are looked for as well. */
    private void remember(EngineIoSocket socket) {
        connections.values().removeIf(one -> one.socket.getReadyState() == ReadyState.CLOSED);
        Connection connection = new Connection(BEGINNING.get(), socket);
        connections.put(socket.getId(), connection);
        socket.on("close", (closed, why) -> connections.remove(closed.getId()));
        socket.on("drain", (drained, nothing) -> connection.unfetched.set(0));
    }

    private void join(SocketIoSocket socket) {
        Connection connection =
                connections.get(socket.getClient().getConnection().getId());
        if (connection == null || !connection.joined.compareAndSet(false, true)) {
            letGo(socket); // It would hear everything twice.
            return;
        }
        RateLimiter pace = RateLimiter.of(socket.getId(), PACE);
        Subscription subscription =
                progress.listen(connection.caller.scope(), new ProgressSink(socket, () -> connection.webSocket));
        socket.on("disconnect", why -> subscription.close());
        socket.on(UPDATE, said -> {
            if (connection.unfetched.incrementAndGet() > MOST_UNFETCHED) {
                letGo(socket);
            } else {
                update(socket, pace, said);
            }
        });
        if (!socket.isConnected()) {
            subscription.close();
        }
    }

    /** From below: when a client is disconnected from above, the library does not forget it. */
    static void letGo(SocketIoSocket socket) {
        socket.getClient().getConnection().close();
    }

    private void update(SocketIoSocket socket, RateLimiter pace, Object... said) {
        boolean acknowledged = said.length > 0
                && said[said.length - 1] instanceof SocketIoSocket.ReceivedByLocalAcknowledgementCallback;
        int given = acknowledged ? said.length - 1 : said.length;
        String json = given == 1 && said[0] instanceof JSONObject ? said[0].toString() : null;
        JSONObject answer = new JSONObject();
        if (json == null) {
            answer.put("error", UPDATE + " takes one object.");
        } else if (json.length() > LARGEST_UPDATE) {
            answer.put("error", "An update may have " + LARGEST_UPDATE / 1024 + " kilobytes.");
        } else if (!pace.acquirePermission()) {
            answer.put("error", "A client may send " + UPDATES_A_SECOND + " updates a second.");
        } else {
            progress.tellEveryone(json);
            answer.put("ok", true);
        }
        if (acknowledged) {
            ((SocketIoSocket.ReceivedByLocalAcknowledgementCallback) said[said.length - 1]).sendAcknowledgement(answer);
        } else if (answer.has("error")) {
            socket.send(ERROR, answer);
        }
    }
}
