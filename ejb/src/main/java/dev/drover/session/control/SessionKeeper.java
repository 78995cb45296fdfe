// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.session.entity.BrowserSession;
import dev.drover.session.entity.CloseReason;
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
import java.util.List;

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
    private SessionSettings settings;

    @Inject
    private SessionMeters meters;

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
        List<BrowserSession> lost = transactions.resultInNew(() -> store.aliveOn(node.name()));
        for (BrowserSession session : lost) {
            transactions.resultInNew(() -> store.dead(session.id(), CloseReason.HOST_LOST, null, clock.instant()));
        }
        if (!lost.isEmpty()) {
            LOG.log(Level.WARNING, "DROVER6003 {0} sessions of an earlier server were lost", lost.size());
        }
        meters.watch(live::size, live::connections, prewarmed::size);
        ticker.every(LOOK, this::look);
        ticker.every(WRITE, this::write);
        ticker.every(SWEEP, this::sweep);
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
        transactions
                .resultInNew(() -> store.terminatingOn(node.name()))
                .forEach(id -> live.end(id, CloseReason.DELETED));
    }

    private void sweep() {
        if (ended) {
            return;
        }
        transactions.resultInNew(() -> store.removeEndedBefore(clock.instant().minus(settings.kept())));
    }
}
