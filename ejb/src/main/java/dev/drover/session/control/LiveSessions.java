// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.session.entity.CloseReason;
import dev.drover.session.entity.SessionStore;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions whose browsers run on this node, and the places that they take. */
@ApplicationScoped
public class LiveSessions {

    private static final Logger LOG = System.getLogger(LiveSessions.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Map<UUID, LiveSession> sessions = new ConcurrentHashMap<>();
    private SessionStore store;
    private Transactions transactions;
    private SessionMeters meters;
    private Clock clock;
    private int most;
    private int taken;
    private boolean closed;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected LiveSessions() {}

    @Inject
    public LiveSessions(
            SessionStore store,
            Transactions transactions,
            SessionSettings settings,
            SessionMeters meters,
            Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.meters = meters;
        this.clock = clock;
        this.most = settings.most();
    }

    /**
     * Takes a place, which is given back with the session's end, or before there is one.
     *
     * @throws DroverException {@link ErrorCode#TOO_MANY_SESSIONS}, {@link ErrorCode#UNAVAILABLE} while the server stops
     */
    synchronized void reserve() {
        if (closed) {
            throw new DroverException(ErrorCode.UNAVAILABLE, "The server stops.");
        }
        if (taken >= most) {
            throw new DroverException(
                    ErrorCode.TOO_MANY_SESSIONS, "This node has " + most + " sessions at most.", pause());
        }
        taken++;
    }

    synchronized void giveBack() {
        taken--;
    }

    /** Until the first of them may end by itself. */
    Duration pause() {
        Instant now = clock.instant();
        return sessions.values().stream()
                .map(session -> Duration.between(now, session.expires()))
                .filter(wait -> !wait.isNegative())
                .min(Duration::compareTo)
                .filter(wait -> wait.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
    }

    void add(LiveSession session) {
        sessions.put(session.id(), session);
        meters.opened(session.engine());
    }

    Optional<LiveSession> find(UUID id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Collection<LiveSession> all() {
        return List.copyOf(sessions.values());
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /** How many connections use them. */
    public int connections() {
        return sessions.values().stream().mapToInt(LiveSession::connections).sum();
    }

    /** Ends one that is here, and writes that down. */
    public void end(UUID id, CloseReason reason) {
        LiveSession session = sessions.get(id);
        if (session == null || !session.end(reason)) {
            return;
        }
        sessions.remove(id);
        giveBack();
        transactions.resultInNew(() -> store.dead(id, reason, null, clock.instant()));
        meters.ended(reason);
        if (reason == CloseReason.BROWSER_CRASHED) {
            LOG.log(Level.WARNING, "DROVER6001 the browser of session {0} has ended by itself", id);
        } else if (reason == CloseReason.DISPLAY_LOST) {
            LOG.log(Level.WARNING, "DROVER6004 the display of session {0} has ended by itself", id);
        }
    }

    /** Ends all, and lets none begin. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        all().forEach(session -> end(session.id(), CloseReason.SERVER_STOPPED));
    }
}
