// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.AlertSeverity;
import dev.drover.reliability.entity.BreakerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that is not as it should be at this moment.
 *
 * @param rule a word for programs
 * @param subject what it is about: a node, a circuit breaker; empty where it is the same on all nodes
 * @param measured what it is
 * @param threshold what it should at least or at most be
 * @param isShared whether every node sees the same, so that one of them tells it
 */
public record Alarm(
        String rule,
        String subject,
        AlertSeverity severity,
        String message,
        double measured,
        double threshold,
        boolean isShared) {

    /** A flood of broken sites is one trouble and not a thousand. */
    private static final int MOST_BREAKERS = 50;

    /** About the same thing. */
    record Key(String rule, String subject) {}

    Key key() {
        return new Key(rule, subject);
    }

    Alarm(String rule, String subject, AlertSeverity severity, String message, double measured, double threshold) {
        this(rule, subject, severity, message, measured, threshold, subject.isEmpty() || SiteBreakers.isName(subject));
    }

    /** All that is not as it should be. */
    static List<Alarm> of(
            ServiceWatch.Assessment now, List<BreakerView> breakers, AlertSettings settings, String node) {
        List<Alarm> alarms = new ArrayList<>();
        service(now, settings, node, alarms);
        dependencies(now, node, alarms);
        breakers.stream()
                .filter(view -> view.state() != BreakerState.CLOSED)
                .limit(MOST_BREAKERS)
                .map(Alarm::open)
                .forEach(alarms::add);
        return alarms;
    }

    private static void service(ServiceWatch.Assessment now, AlertSettings settings, String node, List<Alarm> alarms) {
        ServiceFacts facts = now.facts();
        if (now.level() != ServiceLevel.FULL) {
            alarms.add(new Alarm(
                    "service_level",
                    node,
                    severity(now.level()),
                    "The service level is %s. %s"
                            .formatted(now.level().wireName(), now.health().reasons())
                            .strip(),
                    now.level().rank(),
                    ServiceLevel.FULL.rank()));
        }
        if (now.health().score() < settings.healthScore()) {
            alarms.add(new Alarm(
                    "health_score",
                    node,
                    AlertSeverity.HIGH,
                    "The health score is %d. %s"
                            .formatted(now.health().score(), now.health().reasons())
                            .strip(),
                    now.health().score(),
                    settings.healthScore()));
        }
        if (facts.queued() > settings.queueSize()) {
            alarms.add(new Alarm(
                    "queue_size",
                    "",
                    AlertSeverity.MEDIUM,
                    "%d jobs wait.".formatted(facts.queued()),
                    facts.queued(),
                    settings.queueSize()));
        }
        if (facts.oldestWait().compareTo(settings.queueWait()) > 0) {
            alarms.add(new Alarm(
                    "queue_wait",
                    "",
                    AlertSeverity.HIGH,
                    "A job has waited for %d s.".formatted(facts.oldestWait().toSeconds()),
                    facts.oldestWait().toSeconds(),
                    settings.queueWait().toSeconds()));
        }
        if (facts.ledgerBacklog() > settings.ledgerBacklog()) {
            alarms.add(new Alarm(
                    "ledger_backlog",
                    node,
                    AlertSeverity.HIGH,
                    "%d writes wait for the database.".formatted(facts.ledgerBacklog()),
                    facts.ledgerBacklog(),
                    settings.ledgerBacklog()));
        }
    }

    private static void dependencies(ServiceWatch.Assessment now, String node, List<Alarm> alarms) {
        for (ServiceHealth.Dependency service : now.health().services()) {
            String rule =
                    switch (service.name()) {
                        case "database" -> "database_down";
                        case "broker" -> "broker_down";
                        case "browsers" -> "browsers_broken";
                        case "disk" -> "disk_space";
                        default -> "";
                    };
            if (!rule.isEmpty() && !service.isWell()) {
                boolean gone = rule.endsWith("_down");
                alarms.add(new Alarm(
                        rule,
                        node,
                        gone ? AlertSeverity.CRITICAL : severity(service.level()),
                        service.message(),
                        Math.round(service.fitness() * 100),
                        100));
            }
        }
    }

    private static Alarm open(BreakerView view) {
        return new Alarm(
                "breaker_open",
                view.name(),
                AlertSeverity.MEDIUM,
                String.format(
                        Locale.ROOT,
                        "The circuit breaker %s is not closed: %.0f %% of %d calls failed.",
                        view.name(),
                        view.failureRate() * 100,
                        view.calls()),
                Math.round(view.failureRate() * 100),
                view.thresholds().failurePercent());
    }

    private static AlertSeverity severity(ServiceLevel level) {
        return switch (level) {
            case FULL -> AlertSeverity.LOW;
            case DEGRADED -> AlertSeverity.MEDIUM;
            case MINIMAL -> AlertSeverity.HIGH;
            case EMERGENCY -> AlertSeverity.CRITICAL;
        };
    }
}
