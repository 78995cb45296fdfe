// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.Alert;
import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.reliability.entity.AlertStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is not as it should be into alerts with a begin and an end. What a node has raised it ends itself, when things
 * have been well for a while; alerts of a node that went away are ended by the others. An alert is told when it begins and
 * when it is over: in the log, and as an {@link AlertNotice}. When the database is away, rows follow when it is back.
 */
@ApplicationScoped
public class Alerts {

    private static final Logger LOG = Logger.getLogger(Alerts.class.getName());

    /** So long after a node has last spoken of its alerts they are taken for over. */
    static final Duration UNSEEN = Duration.ofMinutes(2);

    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(30);
    private static final int MOST_KEPT = 2000;

    /** More than ever wait while the database is away; then the oldest are not kept. */
    private static final int MOST_PENDING = 500;

    /** An alert of this node that goes on. */
    private static final class Active {
        private final Alert alert;
        private @Nullable Instant calmSince;

        Active(Alert alert) {
            this.alert = alert;
        }
    }

    private final Map<Alarm.Key, Active> active = new ConcurrentHashMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private AlertStore store;
    private Transactions transactions;
    private AlertSettings settings;
    private AlertMeters meters;
    private Event<AlertNotice> notices;
    private NodeIdentity node;
    private Clock clock;
    private boolean adopted;
    private Instant nextSign = Instant.MIN;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Alerts() {}

    @Inject
    public Alerts(
            AlertStore store,
            Transactions transactions,
            AlertSettings settings,
            AlertMeters meters,
            Event<AlertNotice> notices,
            NodeIdentity node,
            Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.meters = meters;
        this.notices = notices;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Compares what is with what was.
     *
     * @param databaseUp whether it is worth while to ask the database
     * @throws RuntimeException when the database did not take it all; the next time tries again
     */
    synchronized void update(List<Alarm> alarms, boolean databaseUp) {
        if (databaseUp) {
            adopt();
        }
        Instant now = clock.instant();
        Map<Alarm.Key, Alarm> byKey =
                alarms.stream().collect(Collectors.toMap(Alarm::key, Function.identity(), (one, other) -> one));
        endOld(byKey, now);
        byKey.values().forEach(alarm -> {
            // Which node tells what all of them see is decided in the database.
            if (!active.containsKey(alarm.key()) && (!alarm.isShared() || (databaseUp && !isToldByAnother(alarm)))) {
                begin(alarm, now);
            }
        });
        if (databaseUp) {
            storePending();
            signOfLife(now);
        }
    }

    /** What this node raised before it was started anew goes on, or is over. */
    private void adopt() {
        if (!adopted) {
            transactions
                    .resultInNew(() -> store.activeOf(node.name()))
                    .forEach(alert ->
                            active.putIfAbsent(new Alarm.Key(alert.rule(), alert.subject()), new Active(alert)));
            adopted = true;
        }
    }

    private void endOld(Map<Alarm.Key, Alarm> alarms, Instant now) {
        Iterator<Map.Entry<Alarm.Key, Active>> all = active.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Alarm.Key, Active> entry = all.next();
            Active known = entry.getValue();
            Alarm alarm = alarms.get(entry.getKey());
            if (alarm == null ? isCalm(known, now) : alarm.severity() != known.alert.severity()) {
                all.remove();
                end(known.alert, now);
            } else if (alarm != null) {
                known.calmSince = null;
            }
        }
    }

    private boolean isCalm(Active known, Instant now) {
        if (known.calmSince == null || known.calmSince.isAfter(now)) {
            known.calmSince = now;
        }
        return Duration.between(known.calmSince, now).compareTo(settings.calm()) >= 0;
    }

    private boolean isToldByAnother(Alarm alarm) {
        return transactions.resultInNew(() -> store.isActive(alarm.rule(), alarm.subject()));
    }

    private void begin(Alarm alarm, Instant now) {
        Alert alert = new Alert(
                alarm.rule(),
                alarm.subject(),
                alarm.severity(),
                alarm.message(),
                node.name(),
                alarm.measured(),
                alarm.threshold(),
                now);
        active.put(alarm.key(), new Active(alert));
        LOG.log(
                alert.severity() == AlertSeverity.CRITICAL ? Level.SEVERE : Level.WARNING,
                "DROVER4021 alert %s begins: %s, %s. %s"
                        .formatted(alert.id(), alert.rule(), alert.severity().wireName(), alert.message()));
        meters.begun(alert.severity());
        storeLater(() -> store.insert(alert));
        tell(alert);
    }

    private void end(Alert alert, Instant now) {
        LOG.info(() -> "DROVER4022 alert %s is over: %s".formatted(alert.id(), alert.rule()));
        storeLater(() -> store.end(alert.id(), now));
        tell(alert.endedAt(now));
    }

    private void tell(Alert alert) {
        CompletionStage<AlertNotice> unused = notices.fireAsync(new AlertNotice(alert));
    }

    private void storeLater(Runnable write) {
        pending.add(write);
        if (pending.size() > MOST_PENDING) {
            pending.remove();
        }
    }

    private void storePending() {
        Runnable write = pending.peek();
        while (write != null) {
            transactions.inNew(write);
            pending.remove();
            write = pending.peek();
        }
    }

    private void signOfLife(Instant now) {
        if (!active.isEmpty() && (now.isAfter(nextSign) || nextSign.isAfter(now.plus(UNSEEN)))) {
            transactions.inNew(() -> store.touch(node.name(), now));
            nextSign = now.plus(BETWEEN_SIGNS_OF_LIFE);
        }
    }

    /** Ends what nobody speaks of any more, and removes what is old. */
    void tidy() {
        Instant now = clock.instant();
        transactions.inNew(() -> {
            store.endUnseen(now.minus(UNSEEN), now);
            store.removeOld(now.minus(settings.kept()), MOST_KEPT);
        });
    }

    /**
     * At most so many alerts of all nodes, the newest first.
     *
     * @param active true: those that go on; false: those that are over; null: all
     * @param before only those that are older than this one; null: from the newest on
     */
    public List<Alert> list(@Nullable Boolean active, @Nullable UUID before, int limit) {
        return transactions.resultInNew(() -> store.list(active, before, limit));
    }

    /** How many alerts of this node go on. Waits for nothing, not even for an update that waits for the database. */
    long count(AlertSeverity severity) {
        return active.values().stream()
                .filter(known -> known.alert.severity() == severity)
                .count();
    }
}
