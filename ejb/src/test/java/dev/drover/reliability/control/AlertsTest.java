// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.reliability.entity.Alert;
import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.reliability.entity.AlertStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Alarm LONG_QUEUE = alarm("queue_size", "", AlertSeverity.MEDIUM);
    private static final Alarm LOW_SCORE = alarm("health_score", "a", AlertSeverity.HIGH);

    private final SteppedClock clock = new SteppedClock();
    private final Rows rows = new Rows();
    private final Told told = new Told();
    private final Alerts a = alerts("a");
    private final Alerts b = alerts("b");

    @Test
    void anAlertBeginsAndEndsAndIsToldTwice() {
        Instant begin = clock.instant();
        update(a, LOW_SCORE);
        clock.step(Duration.ofSeconds(5));
        update(a, LOW_SCORE);
        update(a);
        clock.step(Duration.ofSeconds(30));
        update(a);

        assertThat(rows.all()).singleElement().satisfies(alert -> {
            assertThat(alert.rule()).isEqualTo("health_score");
            assertThat(alert.startedAt()).isEqualTo(begin);
            assertThat(alert.endedAt()).contains(clock.instant());
        });
        assertThat(told.notices).extracting(AlertNotice::isOver).containsExactly(false, true);
        assertThat(a.count(AlertSeverity.HIGH)).isZero();
    }

    @Test
    void whatComesBackSoonIsTheSameAlert() {
        for (int i = 0; i < 20; i++) {
            update(a, LOW_SCORE);
            clock.step(Duration.ofSeconds(5));
            update(a);
            clock.step(Duration.ofSeconds(20));
        }

        assertThat(rows.all()).hasSize(1);
        assertThat(told.notices).hasSize(1);
    }

    @Test
    void anAlertThatGetsWorseIsANewOne() {
        update(a, alarm("disk_space", "a", AlertSeverity.MEDIUM));
        update(a, alarm("disk_space", "a", AlertSeverity.CRITICAL));

        assertThat(rows.all())
                .extracting(Alert::severity)
                .containsExactly(AlertSeverity.MEDIUM, AlertSeverity.CRITICAL);
        assertThat(rows.all()).extracting(alert -> alert.endedAt().isPresent()).containsExactly(true, false);
    }

    @Test
    void whatAllNodesSeeOneOfThemTells() {
        update(a, LONG_QUEUE);
        update(b, LONG_QUEUE);
        assertThat(rows.all()).hasSize(1);

        update(a);
        clock.step(Duration.ofSeconds(30));
        update(a);
        assertThat(rows.all().getFirst().endedAt()).isPresent();
    }

    @Test
    void whatEachNodeSeesOfItselfEachTells() {
        update(a, LOW_SCORE);
        update(b, alarm("health_score", "b", AlertSeverity.HIGH));

        assertThat(rows.all()).extracting(Alert::node).containsExactly("a", "b");
    }

    @Test
    void aNodeThatWasStartedAnewGoesOnWithItsAlerts() {
        update(a, LOW_SCORE);

        Alerts restarted = alerts("a");
        update(restarted, LOW_SCORE);
        assertThat(rows.all()).hasSize(1);

        update(restarted);
        clock.step(Duration.ofSeconds(30));
        update(restarted);
        assertThat(rows.all().getFirst().endedAt()).isPresent();
    }

    @Test
    void whileTheDatabaseIsAwayAlertsAreToldAndStoredLater() {
        a.update(List.of(LOW_SCORE, LONG_QUEUE), false);
        assertThat(told.notices)
                .as("who tells what all see is decided in the database")
                .hasSize(1);
        assertThat(rows.all()).isEmpty();

        update(a, LOW_SCORE, LONG_QUEUE);

        assertThat(rows.all()).extracting(Alert::rule).containsExactlyInAnyOrder("health_score", "queue_size");
    }

    @Test
    void whatTheDatabaseDidNotTakeIsStoredTheNextTime() {
        rows.broken = true;
        assertThatThrownBy(() -> update(a, LOW_SCORE)).isInstanceOf(IllegalStateException.class);

        rows.broken = false;
        update(a, LOW_SCORE);
        update(a, LOW_SCORE);

        assertThat(rows.all()).hasSize(1);
        assertThat(told.notices).hasSize(1);
    }

    @Test
    void theAlertsOfANodeThatWentAwayAreOver() {
        update(a, LONG_QUEUE);
        for (int i = 0; i < 5; i++) {
            clock.step(Duration.ofSeconds(31));
            update(a, LONG_QUEUE);
            b.tidy();
        }
        assertThat(rows.all().getFirst().endedAt()).isEmpty();

        clock.step(Alerts.UNSEEN.plusSeconds(1));
        b.tidy();
        update(b, LONG_QUEUE);

        assertThat(rows.all()).extracting(Alert::node).containsExactly("a", "b");
        assertThat(rows.all()).extracting(alert -> alert.endedAt().isPresent()).containsExactly(true, false);
    }

    private static void update(Alerts alerts, Alarm... alarms) {
        alerts.update(List.of(alarms), true);
    }

    private static Alarm alarm(String rule, String subject, AlertSeverity severity) {
        return new Alarm(rule, subject, severity, "This is not well.", 21, 20);
    }

    private Alerts alerts(String name) {
        return new Alerts(
                rows,
                new Transactions(),
                AlarmTest.SETTINGS,
                new AlertMeters() {
                    @Override
                    void begun(AlertSeverity severity) {}
                },
                told,
                new NodeIdentity() {
                    @Override
                    public String name() {
                        return name;
                    }
                },
                clock);
    }

    /** The store in memory. */
    private static final class Rows extends AlertStore {
        private final Map<UUID, Alert> byId = new LinkedHashMap<>();
        private final Map<String, Instant> seen = new LinkedHashMap<>();
        private boolean broken;

        List<Alert> all() {
            return List.copyOf(byId.values());
        }

        @Override
        public List<Alert> activeOf(String node) {
            return all().stream()
                    .filter(alert ->
                            alert.node().equals(node) && alert.endedAt().isEmpty())
                    .toList();
        }

        @Override
        public boolean isActive(String rule, String subject) {
            return all().stream()
                    .anyMatch(alert -> alert.rule().equals(rule)
                            && alert.subject().equals(subject)
                            && alert.endedAt().isEmpty());
        }

        @Override
        public void insert(Alert alert) {
            if (broken) {
                throw new IllegalStateException("the database is away");
            }
            byId.put(alert.id(), alert);
            seen.put(alert.node(), alert.startedAt());
        }

        @Override
        public boolean end(UUID id, Instant at) {
            return byId.computeIfPresent(id, (same, alert) -> alert.endedAt(at)) != null;
        }

        @Override
        public void touch(String node, Instant now) {
            seen.put(node, now);
        }

        @Override
        public int endUnseen(Instant seenBefore, Instant now) {
            byId.replaceAll((id, alert) -> alert.endedAt().isEmpty()
                            && seen.getOrDefault(alert.node(), Instant.MIN).isBefore(seenBefore)
                    ? alert.endedAt(now)
                    : alert);
            return 0;
        }

        @Override
        public int removeOld(Instant endedBefore, int most) {
            return 0;
        }
    }

    /** What was told. */
    private static final class Told implements Event<AlertNotice> {
        private final List<AlertNotice> notices = new ArrayList<>();

        @Override
        public void fire(AlertNotice event) {
            throw new UnsupportedOperationException("alerts are told asynchronously");
        }

        @Override
        public <U extends AlertNotice> CompletionStage<U> fireAsync(U event) {
            notices.add(event);
            return CompletableFuture.completedFuture(event);
        }

        @Override
        public <U extends AlertNotice> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            return fireAsync(event);
        }

        @Override
        public Event<AlertNotice> select(Annotation... qualifiers) {
            return this;
        }

        @Override
        public <U extends AlertNotice> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends AlertNotice> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
