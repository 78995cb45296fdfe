// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.reliability.entity.BreakerStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes know together of the circuit breakers. Each node writes what its own visits have changed, and reads what
 * the others wrote: an open breaker is open everywhere a few seconds later, and so is one that somebody has closed. Who
 * writes must have seen the row as it is, so that of two nodes one learns from the other first.
 */
@ApplicationScoped
public class SharedBreakers {

    private static final Logger LOG = Logger.getLogger(SharedBreakers.class.getName());

    /** More open sites than any installation has; of a flood of them, the newest count. */
    static final int MOST_ROWS = 1000;

    private static final Duration CLOSED_KEPT = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int TRIES = 5;

    private SiteBreakers breakers;
    private BreakerStore store;
    private Transactions transactions;
    private NodeIdentity node;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SharedBreakers() {}

    @Inject
    public SharedBreakers(
            SiteBreakers breakers, BreakerStore store, Transactions transactions, NodeIdentity node, Clock clock) {
        this.breakers = breakers;
        this.store = store;
        this.transactions = transactions;
        this.node = node;
        this.clock = clock;
    }

    /** Learns from the other nodes and tells them. Does nothing while no job visits a site and all breakers are closed. */
    void exchange() {
        breakers.forgetUnvisited();
        if (!breakers.areInUse()) {
            return;
        }
        learn();
        for (BreakerRecord row : breakers.news(node.name())) {
            if (write(row)) {
                breakers.told(row);
                LOG.info(() -> "DROVER4001 the circuit breaker %s is %s, with %d of %d calls failed"
                        .formatted(row.name(), row.state().wireName(), failed(row), row.calls()));
            } else {
                breakers.learn(row.name(), find(row.name()).orElse(null));
            }
        }
    }

    private static long failed(BreakerRecord row) {
        return Math.round(row.failureRate() * row.calls());
    }

    private List<BreakerRecord> learn() {
        List<BreakerRecord> rows = transactions.resultInNew(() -> store.newest(MOST_ROWS));
        breakers.learn(rows, rows.size() < MOST_ROWS);
        return rows;
    }

    private Optional<BreakerRecord> find(String name) {
        return transactions.resultInNew(() -> store.find(name));
    }

    private boolean write(BreakerRecord row) {
        try {
            return transactions.resultInNew(() -> store.write(row));
        } catch (PersistenceException e) {
            LOG.log(Level.FINE, "another node made the row of " + row.name() + " first", e);
            return false;
        }
    }

    /** Removes rows that no node needs. */
    void removeOld() {
        Instant now = clock.instant();
        transactions.inNew(() -> store.removeOld(now.minus(CLOSED_KEPT), now.minus(KEPT)));
    }

    /** All breakers that this node has or that any node has told of, by their names; those of this node as they are here. */
    public List<BreakerView> list() {
        Map<String, BreakerView> views = new TreeMap<>();
        Map<String, BreakerRecord> rows = new HashMap<>();
        learn().stream().filter(row -> !row.name().equals(SiteBreakers.ALL)).forEach(row -> {
            rows.put(row.name(), row);
            views.put(row.name(), view(row));
        });
        breakers.list().forEach(view -> views.put(view.name(), withCounts(view, rows.get(view.name()))));
        return views.values().stream()
                .sorted(Comparator.comparing((BreakerView view) -> view.state() == BreakerState.CLOSED)
                        .thenComparing(BreakerView::name))
                .toList();
    }

    private BreakerView view(BreakerRecord row) {
        return new BreakerView(
                row.name(),
                row.state(),
                row.failureRate(),
                row.calls(),
                row.openedAt().orElse(null),
                row.retryAt().orElse(null),
                0,
                breakers.thresholdsOf(row.name()));
    }

    /** A breaker that another node's visits have opened has counted nothing itself. */
    private static BreakerView withCounts(BreakerView here, @Nullable BreakerRecord row) {
        boolean learned = row != null
                && here.state() == BreakerState.OPEN
                && row.state() == BreakerState.OPEN
                && row.calls() > here.calls();
        return row == null || !learned
                ? here
                : new BreakerView(
                        here.name(),
                        here.state(),
                        row.failureRate(),
                        row.calls(),
                        here.openedAt(),
                        here.retryAt(),
                        here.running(),
                        here.thresholds());
    }

    /**
     * Closes a breaker on all nodes.
     *
     * @return how it is now; nothing when neither this node nor any row knows it
     */
    public Optional<BreakerView> reset(String name) {
        if (!SiteBreakers.isName(name)) {
            return Optional.empty();
        }
        Optional<BreakerRecord> row = find(name);
        if (row.isEmpty() && breakers.find(name).isEmpty()) {
            return Optional.empty();
        }
        BreakerRecord written = writeReset(name);
        breakers.resetHere(name, written.updatedAt());
        breakers.told(written);
        LOG.info(() -> "DROVER4002 the circuit breaker " + name + " was reset");
        return Optional.of(breakers.find(name).orElseGet(() -> view(written)));
    }

    /**
     * Closes all breakers on all nodes.
     *
     * @return how many of this node and of the rows were not closed
     */
    public int resetAll() {
        int open = (int) list().stream()
                .filter(view -> view.state() != BreakerState.CLOSED)
                .count();
        BreakerRecord marker = writeReset(SiteBreakers.ALL);
        transactions.inNew(() -> store.resetAll(node.name(), marker.updatedAt()));
        breakers.resetHere(marker.updatedAt());
        learn();
        LOG.info("DROVER4003 all circuit breakers were reset");
        return open;
    }

    private BreakerRecord writeReset(String name) {
        for (int tries = 1; ; tries++) {
            long seen = find(name).map(BreakerRecord::revision).orElse(0L);
            Instant now = clock.instant();
            BreakerRecord reset =
                    new BreakerRecord(name, BreakerState.CLOSED, 0, 0, null, null, now, now, node.name(), seen + 1);
            if (write(reset)) {
                return reset;
            }
            if (tries == TRIES) {
                throw new IllegalStateException("the breaker " + name + " is being written by others all the time");
            }
        }
    }
}
