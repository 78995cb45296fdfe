// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.host.entity.HostStore;
import dev.drover.host.entity.HostWish;
import dev.drover.job.control.Drain;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.OneAtATime;
import dev.drover.system.control.Ticker;
import dev.drover.system.control.Transactions;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes every other second that this node lives, and does what somebody at another node wants of it. Now and then it asks
 * foreign hosts whether they live, and removes those of which nobody has heard: safe to do on every node at once.
 */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Heartbeat {

    static final Duration BEAT = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Heartbeat.class.getName());
    private static final Duration HEALTH_CHECK = Duration.ofSeconds(20);

    private final OneAtATime beats = new OneAtATime(Heartbeat::failed);
    private final OneAtATime rounds = new OneAtATime(Heartbeat::failed);

    @Inject
    private HostStore store;

    @Inject
    private OwnFacts own;

    @Inject
    private LivingNodes living;

    @Inject
    private HostClient client;

    @Inject
    private Drain drain;

    @Inject
    private HostSettings settings;

    @Inject
    private Transactions transactions;

    @Inject
    private Ticker ticker;

    @Inject
    private NodeIdentity node;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // injected
    public Heartbeat() {}

    /** The other nodes are known before the first request comes: it may be about what one of them has. */
    @PostConstruct
    void start() {
        try {
            living.note(transactions.resultInNew(store::list), System.nanoTime());
        } catch (RuntimeException e) {
            failed(e);
        }
        ticker.every(BEAT, () -> beats.run(this::beat));
        ticker.every(HEALTH_CHECK, () -> rounds.run(this::lookAfterOthers));
    }

    private static void failed(RuntimeException e) {
        LOG.log(Level.WARNING, "DROVER7001 this node could not say that it lives; the next time it tries again", e);
    }

    private void beat() {
        Instant now = clock.instant();
        Host.Facts facts = own.read();
        List<Host> hosts = transactions.resultInNew(() -> {
            if (!store.update(node.name(), HostKind.NODE, facts, now)) {
                // A machine of others may have taken the name.
                store.remove(node.name());
                store.insert(new Host(node.name(), HostKind.NODE, facts, now));
            }
            return store.list();
        });
        living.note(hosts, System.nanoTime());
        hosts.stream()
                .filter(host -> host.name().equals(node.name()))
                .findFirst()
                .flatMap(Host::wish)
                .ifPresent(this::fulfil);
    }

    private void fulfil(HostWish wish) {
        Instant until = wish.until();
        if (wish.kind() == HostWish.Kind.SERVE) {
            drain.end();
        } else if (until != null) {
            Duration left = Duration.between(clock.instant(), until);
            drain.begin(left.isNegative() ? Duration.ZERO : left);
        }
        transactions.inNew(() -> store.fulfilled(node.name(), wish));
    }

    private void lookAfterOthers() {
        for (Host host : transactions.resultInNew(store::list)) {
            String url = host.facts().url();
            if (host.kind() == HostKind.FOREIGN && url != null && client.lives(url)) {
                transactions.inNew(() -> store.ping(host.name(), clock.instant()));
            }
        }
        int gone = transactions.resultInNew(
                () -> store.removeSilentSince(clock.instant().minus(settings.expiry())));
        if (gone > 0) {
            LOG.info(() -> "DROVER7002 " + gone + " hosts were silent for "
                    + settings.expiry().toSeconds() + " s and are no longer listed");
        }
    }
}
