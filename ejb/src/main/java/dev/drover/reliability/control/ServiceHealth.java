// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import java.util.List;
import java.util.Locale;

/**
 * How well each thing does that the service depends on, by the facts alone: the level that it asks for, and its part of
 * the health score.
 *
 * @param services in a fixed order
 */
public record ServiceHealth(List<Dependency> services) {

    /** Of fewer sites, a share says little. */
    static final int LEAST_SITES = 4;

    /**
     * One thing that the service depends on.
     *
     * @param name a word for programs
     * @param level the level that it asks for; full: it is well
     * @param weight its part of the health score, in points
     * @param fitness how much of them it gets, 0 to 1
     * @param message one sentence for people
     */
    public record Dependency(String name, ServiceLevel level, int weight, double fitness, String message) {

        public boolean isWell() {
            return level == ServiceLevel.FULL;
        }

        public double points() {
            return weight * fitness;
        }
    }

    public ServiceHealth {
        services = List.copyOf(services);
    }

    static ServiceHealth of(ServiceFacts facts, LevelSettings settings) {
        return new ServiceHealth(List.of(
                database(facts),
                broker(facts),
                browsers(facts, settings),
                queue(facts, settings),
                disk(facts, settings),
                ledger(facts, settings),
                sites(facts, settings)));
    }

    /** The worst that any of them asks for. */
    public ServiceLevel level() {
        return services.stream().map(Dependency::level).reduce(ServiceLevel.FULL, ServiceLevel::worst);
    }

    /** From 0, nothing works, to 100. */
    public int score() {
        return (int)
                Math.round(services.stream().mapToDouble(Dependency::points).sum());
    }

    public int well() {
        return (int) services.stream().filter(Dependency::isWell).count();
    }

    /** What keeps the service from its full level, as a sentence or more; empty when nothing does. */
    public String reasons() {
        return services.stream()
                .filter(service -> !service.isWell())
                .map(Dependency::message)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    private static Dependency database(ServiceFacts facts) {
        return facts.databaseUp()
                ? new Dependency("database", ServiceLevel.FULL, 35, 1, "The database answers.")
                : new Dependency("database", ServiceLevel.EMERGENCY, 35, 0, "The database does not answer.");
    }

    /** Without the broker jobs are still accepted: their rows wait, and are sent when it is back. */
    private static Dependency broker(ServiceFacts facts) {
        return facts.brokerUp()
                ? new Dependency("broker", ServiceLevel.FULL, 15, 1, "The broker answers.")
                : new Dependency("broker", ServiceLevel.DEGRADED, 15, 0, "The broker does not answer.");
    }

    private static Dependency browsers(ServiceFacts facts, LevelSettings settings) {
        return new Dependency(
                "browsers",
                settings.brokenWorkersPercent().level(facts.brokenWorkersPercent()),
                20,
                1 - facts.brokenWorkersPercent() / 100,
                facts.workers() == 0
                        ? "This node runs no browsers."
                        : "Of %d browser workers %d cannot launch their browser."
                                .formatted(facts.workers(), facts.brokenWorkers()));
    }

    private static Dependency queue(ServiceFacts facts, LevelSettings settings) {
        long waited = facts.oldestWait().toSeconds();
        return new Dependency(
                "queue",
                ServiceLevel.worst(
                        settings.queueLength().level((double) facts.queued()),
                        settings.queueWaitSeconds().level((double) waited)),
                10,
                Math.min(
                        fitness((double) facts.queued(), settings.queueLength()),
                        fitness((double) waited, settings.queueWaitSeconds())),
                facts.queued() == 0
                        ? "No job waits."
                        : "%d jobs wait, the oldest for %d s.".formatted(facts.queued(), waited));
    }

    private static Dependency disk(ServiceFacts facts, LevelSettings settings) {
        LevelSteps steps = settings.diskFreeMegabytes();
        double enough = 2 * steps.first().orElse(0);
        long free = facts.diskFreeMegabytes();
        return new Dependency(
                "disk",
                steps.level((double) free),
                10,
                enough == 0 ? 1 : Math.min(1, (double) free / enough),
                (steps.level((double) free) == ServiceLevel.FULL ? "%d MB" : "Only %d MB")
                        .concat(" are free for the data folder.")
                        .formatted(free));
    }

    private static Dependency ledger(ServiceFacts facts, LevelSettings settings) {
        return new Dependency(
                "ledger",
                settings.ledgerBacklog().level(facts.ledgerBacklog()),
                5,
                fitness(facts.ledgerBacklog(), settings.ledgerBacklog()),
                facts.ledgerBacklog() == 1
                        ? "1 write waits for the database."
                        : "%d writes wait for the database.".formatted(facts.ledgerBacklog()));
    }

    private static Dependency sites(ServiceFacts facts, LevelSettings settings) {
        return new Dependency(
                "sites",
                facts.sites() < LEAST_SITES
                        ? ServiceLevel.FULL
                        : settings.openBreakersPercent().level(facts.openSitesPercent()),
                5,
                1 - facts.openSitesPercent() / 100,
                facts.openSites() == 0
                        ? "No circuit breaker is open."
                        : String.format(
                                Locale.ROOT,
                                "The circuit breakers of %d of %d sites are open.",
                                facts.openSites(),
                                facts.sites()));
    }

    /** All points up to a tenth of the value that makes the service degraded, none from there on. */
    private static double fitness(double value, LevelSteps steps) {
        if (steps.first().isEmpty()) {
            return 1;
        }
        double none = steps.first().getAsDouble();
        double all = none / 10;
        return none == 0 ? 1 : Math.clamp((none - value) / (none - all), 0, 1);
    }
}
