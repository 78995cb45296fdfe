// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.HeldBrowsers;
import dev.drover.host.control.LivingNodes;
import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
import dev.drover.session.entity.SessionStatus;
import dev.drover.session.entity.SessionStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Ticker;
import dev.drover.system.control.Transactions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ends the sessions of this node whose time is over or whose browser is gone, and writes down that the others are used. */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SessionKeeper {

    private static final Logger LOG = System.getLogger(SessionKeeper.class.getName());
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration WRITE = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private volatile boolean ended;

    @Inject
    private SessionStore store;

    @Inject
    private LiveSessions live;

    @Inject
    private PrewarmedBrowsers prewarmed;

    @Inject
    private HeldBrowsers browsers;

    @Inject
    private FrameTimeline frames;

    @Inject
    private SessionSettings settings;

    @Inject
    private SessionMeters meters;

    @Inject
    private LivingNodes nodes;

    @Inject
    private Transactions transactions;

    @Inject
    private NodeIdentity node;

    @Inject
    private Ticker ticker;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // injected
    public SessionKeeper() {}

    /** What this node had when it was last stopped, however it was stopped, is gone; its processes are ended elsewhere. */
    @PostConstruct
    void begin() {
        bury(node.name());
        meters.watch(live::size, live::connections, prewarmed::size, browsers::displays, browsers::orphanedDisplays);
        ticker.every(LOOK, this::look);
        ticker.every(WRITE, this::write);
        ticker.every(WRITE, this::compare);
        ticker.every(WRITE, this::buryLost);
        ticker.every(SWEEP, this::sweep);
        if (settings.framesInterval().isPositive()) {
            ticker.every(settings.framesInterval(), this::picture);
        }
        if (node.isWorker()) {
            ticker.every(settings.prewarmInterval(), prewarmed::tend);
        }
    }

    @PreDestroy
    void end() {
        ended = true;
        prewarmed.close();
        live.close();
    }

    private void look() {
        if (ended) {
            return;
        }
        for (LiveSession session : live.all()) {
            CloseReason due = session.due();
            if (due != null) {
                live.end(session.id(), due);
            }
        }
    }

    private void write() {
        if (ended) {
            return;
        }
        for (LiveSession session : live.all()) {
            Instant seen = session.unwritten();
            if (seen != null) {
                transactions.inNew(() -> store.seen(session.id(), seen, session.expires()));
            }
        }
    }

    /** Ends what somebody at another node has ended, by a request or because this one had been silent for too long. */
    private void compare() {
        if (ended) {
            return;
        }
        Collection<LiveSession> here = live.all();
        Map<UUID, SessionStatus> written = transactions.resultInNew(() -> store.aliveOn(node.name())).stream()
                .collect(Collectors.toMap(BrowserSession::id, BrowserSession::status));
        for (LiveSession session : here) {
            SessionStatus status = written.get(session.id());
            if (status == null) {
                live.end(session.id(), CloseReason.HOST_LOST);
            } else if (status == SessionStatus.TERMINATING) {
                live.end(session.id(), CloseReason.DELETED);
            }
        }
    }

    /** Says of the sessions of nodes that live no more that they are gone. Safe to do on every node at once. */
    private void buryLost() {
        if (ended) {
            return;
        }
        for (String other : transactions.resultInNew(store::countByNode).keySet()) {
            if (nodes.isDead(other)) {
                bury(other);
            }
        }
    }

    private void bury(String lost) {
        int buried = 0;
        for (BrowserSession session : transactions.resultInNew(() -> store.aliveOn(lost))) {
            boolean first = transactions.resultInNew(
                    () -> store.dead(session.id(), CloseReason.HOST_LOST, null, clock.instant()));
            buried += first ? 1 : 0;
        }
        if (buried > 0) {
            LOG.log(Level.WARNING, "DROVER6003 {0} sessions were lost with the node {1}", buried, lost);
        }
    }

    private void picture() {
        if (!ended) {
            frames.take(live.all());
        }
    }

    private void sweep() {
        if (ended) {
            return;
        }
        transactions.resultInNew(() -> store.removeEndedBefore(clock.instant().minus(settings.kept())));
        browsers.sweepDisplays();
        frames.sweep();
    }
}
