// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.reliability.entity.TrendSample;
import dev.drover.reliability.entity.TrendSample.Figures;
import dev.drover.reliability.entity.TrendStore;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** How the nodes did over the last hours: one sample a minute and node, in bounded number. */
@ApplicationScoped
public class Trends {

    /** As many as a chart shows; where there are more samples, each stands for several. */
    static final int MOST_POINTS = 360;

    private TrendStore store;
    private Transactions transactions;
    private AlertSettings settings;
    private NodeIdentity node;
    private Clock clock;

    /**
     * A node's samples.
     *
     * @param step what each of them stands for
     */
    public record Trend(String node, Instant from, Duration step, List<TrendSample> samples) {}

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Trends() {}

    @Inject
    public Trends(TrendStore store, Transactions transactions, AlertSettings settings, NodeIdentity node, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.settings = settings;
        this.node = node;
        this.clock = clock;
    }

    void sample(ServiceWatch.Assessment now) {
        ServiceFacts facts = now.facts();
        Figures figures = new Figures(
                now.level().wireName(),
                now.health().score(),
                facts.queued(),
                facts.running(),
                facts.oldestWait().toSeconds(),
                facts.openSites(),
                facts.workers(),
                facts.brokenWorkers(),
                facts.ledgerBacklog(),
                facts.diskFreeMegabytes(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / ServiceFacts.MEGABYTE,
                hundredths(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        TrendSample sample = new TrendSample(node.name(), clock.instant(), figures);
        transactions.inNew(() -> store.insert(sample));
    }

    void tidy() {
        Instant before = clock.instant().minus(settings.trendsKept());
        transactions.inNew(() -> store.removeOlderThan(before));
    }

    /** The nodes that have samples. */
    public List<String> nodes() {
        return transactions.resultInNew(store::nodes);
    }

    /** @param nodeName null: the node that is asked */
    public Trend of(@Nullable String nodeName, Duration past) {
        String name = nodeName == null ? node.name() : nodeName;
        Instant from = clock.instant().minus(past).truncatedTo(ChronoUnit.MINUTES);
        List<TrendSample> samples = transactions.resultInNew(() -> store.of(name, from));
        long minutes = Math.max(1, Math.ceilDiv(past.toMinutes(), MOST_POINTS));
        Duration step = Duration.ofMinutes(minutes);
        return new Trend(name, from, step, minutes == 1 ? samples : thinned(samples, from, step));
    }

    /** One sample for each step: the worst of what may not be missed, the mean of the rest. */
    static List<TrendSample> thinned(List<TrendSample> samples, Instant from, Duration step) {
        List<TrendSample> points = new ArrayList<>();
        List<TrendSample> group = new ArrayList<>();
        long current = -1;
        for (TrendSample sample : samples) {
            long index = Duration.between(from, sample.takenAt()).toMillis() / step.toMillis();
            if (index != current && !group.isEmpty()) {
                points.add(one(group));
                group.clear();
            }
            current = index;
            group.add(sample);
        }
        if (!group.isEmpty()) {
            points.add(one(group));
        }
        return points;
    }

    private static TrendSample one(List<TrendSample> group) {
        TrendSample last = group.getLast();
        Figures figures = last.figures();
        return new TrendSample(
                last.node(),
                last.takenAt(),
                new Figures(
                        worstLevel(group),
                        (int) least(group, Figures::healthScore),
                        most(group, Figures::queued),
                        Math.round(mean(group, Figures::running)),
                        most(group, Figures::oldestWaitSeconds),
                        (int) most(group, Figures::openSites),
                        figures.workers(),
                        (int) most(group, Figures::brokenWorkers),
                        (int) most(group, Figures::ledgerBacklog),
                        least(group, Figures::diskFreeMegabytes),
                        Math.round(mean(group, Figures::heapUsedMegabytes)),
                        hundredths(mean(group, Figures::loadAverage))));
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String worstLevel(List<TrendSample> group) {
        ServiceLevel worst = ServiceLevel.FULL;
        for (ServiceLevel level : ServiceLevel.values()) {
            if (group.stream()
                    .anyMatch(sample -> sample.figures().serviceLevel().equals(level.wireName()))) {
                worst = level;
            }
        }
        return worst.wireName();
    }

    private static long most(List<TrendSample> group, ToDoubleFunction<Figures> figure) {
        return (long) values(group, figure).max().orElse(0);
    }

    private static long least(List<TrendSample> group, ToDoubleFunction<Figures> figure) {
        return (long) values(group, figure).min().orElse(0);
    }

    private static double mean(List<TrendSample> group, ToDoubleFunction<Figures> figure) {
        return values(group, figure).average().orElse(0);
    }

    private static DoubleStream values(List<TrendSample> group, ToDoubleFunction<Figures> figure) {
        return group.stream().map(TrendSample::figures).mapToDouble(figure);
    }
}
