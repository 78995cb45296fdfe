// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.job.control.SiteGuard;
import dev.drover.reliability.entity.BreakerRecord;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.task.control.ErrorCategory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sites that jobs of this node visit, each with its circuit breaker and its limits, and the receivers of
 * webhooks, which have no limits here. Entering and leaving look at memory alone; what other nodes know comes and goes by
 * {@link SharedBreakers}.
 */
@ApplicationScoped
public class SiteBreakers implements SiteGuard {

    static final String PREFIX = "site:";

    private static final String RECEIVER = "webhook:";

    /** The row by which all breakers of all nodes are reset, whether they have rows or not. */
    static final String ALL = "*";

    private static final String BREAKER_OPEN = "breaker_open";
    private static final String SITE_BUSY = "site_busy";

    /** What can be the name of a host, with its port; the rest is no site, and nothing to write into logs. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:\\[\\]%-]{1,270}");

    /** After how long somebody is to come again for whom there was no room among the probes or the visits. */
    private static final Duration NO_ROOM = Duration.ofSeconds(1);

    /** How long after the last visit the other nodes' news still matter. */
    private static final Duration IN_USE = Duration.ofSeconds(60);

    /** How long a breaker that is not closed is kept for a site that nobody visits. */
    private static final Duration UNVISITED = Duration.ofMinutes(10);

    private SiteSettings settings;
    private SiteMeters meters;
    private Clock clock;

    /** By the names of their breakers. */
    private final Map<String, Site> sites = new LinkedHashMap<>(64, 0.75f, true);

    private Map<String, BreakerRecord> shared = new HashMap<>();
    private Instant lastEntered = Instant.MIN;
    private long seenResetOfAll = -1;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SiteBreakers() {}

    @Inject
    public SiteBreakers(SiteSettings settings, SiteMeters meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Entry enter(String address) {
        String site = address.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(site).matches()) {
            // No host has such a name: the browser will say so.
            return new Entry.Granted(new Unwatched());
        }
        Entry entry = enter(PREFIX, site, clock.instant());
        if (entry instanceof Entry.Later later) {
            meters.refused(later.code());
        }
        return entry;
    }

    /** Asks to send a webhook to a receiver, by its host and, where that says something, its port. */
    public Entry enterReceiver(String address) {
        String receiver = address.toLowerCase(Locale.ROOT);
        return NAME.matcher(receiver).matches()
                ? enter(RECEIVER, receiver, clock.instant())
                : new Entry.Granted(new Unwatched());
    }

    /** Whether something is the name of a breaker. */
    static boolean isName(String text) {
        return text.startsWith(PREFIX) || text.startsWith(RECEIVER);
    }

    private synchronized Entry enter(String prefix, String name, Instant now) {
        lastEntered = now;
        Site site = site(prefix + name);
        site.lastVisitor = now;
        SiteBreaker breaker = site.breaker();
        Instant retryAt = breaker.closedUntil(now);
        if (retryAt != null) {
            return later(site, retryAt, BREAKER_OPEN, name + " has failed too often lately and is left alone for now.");
        }
        int most = breaker.thresholds().concurrency();
        if (most > 0 && breaker.running() >= most) {
            return later(site, now.plus(NO_ROOM), SITE_BUSY, most + " jobs of this server already visit " + name + ".");
        }
        Instant notBefore = site.pace().notBefore(now);
        if (notBefore != null) {
            return later(site, notBefore, SITE_BUSY, "Visits to " + name + " begin no faster than configured.");
        }
        BreakerState before = breaker.state();
        long stretch = breaker.take(now);
        changed(before, breaker.state());
        if (stretch == 0) {
            return later(site, now.plus(NO_ROOM), BREAKER_OPEN, name + " is being tried by other jobs after failures.");
        }
        site.pace().begin(now);
        return new Entry.Granted(new Watched(site, stretch));
    }

    private static Entry later(Site site, Instant earliest, String code, String message) {
        // Something was tried and did not work out: of all categories, the one whose jobs come again.
        return new Entry.Later(
                site.pace().place(earliest), ErrorCategory.NETWORK, code, message, code.equals(BREAKER_OPEN));
    }

    private synchronized void leave(Watched visit, SiteEvidence evidence, Duration took) {
        SiteBreaker breaker = visit.site.breaker();
        BreakerState before = breaker.state();
        breaker.release(visit.stretch, evidence, took, clock.instant());
        changed(before, breaker.state());
    }

    private Site site(String name) {
        Site known = sites.get(name);
        if (known != null) {
            return known;
        }
        SiteThresholds thresholds = thresholdsOf(name);
        Site site = new Site(new SiteBreaker(name, thresholds), new SitePace(thresholds.perSecond()));
        BreakerRecord row = shared.get(name);
        if (row != null) {
            site.breaker().learn(row);
        }
        sites.put(name, site);
        forgetOne();
        return site;
    }

    /**
     * Names come from whoever submits jobs, so there is no end of them. The site goes that was not visited for longest,
     * of those that nobody visits now; one whose breaker is closed before one whose breaker is open.
     */
    private void forgetOne() {
        if (sites.size() <= settings.remembered() || forgetOne(true)) {
            return;
        }
        forgetOne(false);
    }

    private boolean forgetOne(boolean closed) {
        Iterator<Site> all = sites.values().iterator();
        while (all.hasNext()) {
            SiteBreaker breaker = all.next().breaker();
            // The newest is the last, and stays.
            if (all.hasNext() && breaker.running() == 0 && (!closed || breaker.state() == BreakerState.CLOSED)) {
                all.remove();
                return true;
            }
        }
        return false;
    }

    private void changed(BreakerState before, BreakerState after) {
        if (before != after) {
            meters.changed(after);
        }
    }

    /**
     * Forgets sites whose breaker is not closed and that nobody wants to visit any more: nothing would ever close it. What
     * other nodes were told of them stays, for whoever comes yet.
     */
    synchronized void forgetUnvisited() {
        Instant before = clock.instant().minus(UNVISITED);
        sites.values()
                .removeIf(site -> site.breaker().state() != BreakerState.CLOSED
                        && site.breaker().running() == 0
                        && site.lastVisitor.isBefore(before));
    }

    /** Whether what other nodes know may matter to this one, or what it knows to them. */
    synchronized boolean areInUse() {
        return lastEntered.isAfter(clock.instant().minus(IN_USE))
                || sites.values().stream().anyMatch(site -> site.breaker().state() != BreakerState.CLOSED);
    }

    /**
     * Takes over what all nodes have written.
     *
     * @param complete whether these are all the rows that there are
     */
    synchronized void learn(List<BreakerRecord> rows, boolean complete) {
        Map<String, BreakerRecord> byName = new HashMap<>();
        rows.forEach(row -> byName.put(row.name(), row));
        learnReset(byName.remove(ALL));
        shared = byName;
        sites.forEach((name, site) -> {
            BreakerRecord row = byName.get(name);
            if (row != null) {
                learn(site, row);
            } else if (complete) {
                site.breaker().forgetRow();
            }
        });
    }

    /** Takes over one row, or that there is none. */
    synchronized void learn(String name, @Nullable BreakerRecord row) {
        Site site = sites.get(name);
        if (site != null && row != null) {
            learn(site, row);
        } else if (site != null) {
            site.breaker().forgetRow();
        }
    }

    private void learn(Site site, BreakerRecord row) {
        BreakerState before = site.breaker().state();
        site.breaker().learn(row);
        changed(before, site.breaker().state());
    }

    private void learnReset(@Nullable BreakerRecord all) {
        long revision = all == null ? 0 : all.revision();
        // What this node sees first may have been there for long.
        if (all != null && seenResetOfAll >= 0 && revision != seenResetOfAll) {
            resetHere(all.updatedAt());
        }
        seenResetOfAll = revision;
    }

    /** What has changed here by visits and no other node knows. */
    synchronized List<BreakerRecord> news(String node) {
        Instant now = clock.instant();
        List<BreakerRecord> news = new ArrayList<>();
        for (Site site : sites.values()) {
            BreakerRecord row = site.breaker().news(node, now);
            if (row != null) {
                news.add(row);
            }
        }
        return news;
    }

    synchronized void told(BreakerRecord row) {
        Site site = sites.get(row.name());
        if (site != null) {
            site.breaker().told(row);
        }
    }

    /** Closes one breaker of this node, where it has it. */
    synchronized void resetHere(String name, Instant at) {
        Site site = sites.get(name);
        if (site != null) {
            reset(site, at);
        }
    }

    /** Closes all breakers of this node. */
    synchronized void resetHere(Instant at) {
        sites.values().forEach(site -> reset(site, at));
    }

    private void reset(Site site, Instant at) {
        BreakerState before = site.breaker().state();
        site.breaker().reset(at);
        changed(before, BreakerState.CLOSED);
    }

    /** How a breaker is on this node. */
    public synchronized Optional<BreakerView> find(String name) {
        return Optional.ofNullable(sites.get(name)).map(site -> site.breaker().view());
    }

    /** How all breakers of this node are. */
    public synchronized List<BreakerView> list() {
        return sites.values().stream().map(site -> site.breaker().view()).toList();
    }

    /** How many sites this node knows, and of how many of them the breaker is not closed. */
    record Count(int all, int notClosed) {}

    synchronized Count count() {
        List<SiteBreaker> visited = sites.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .map(entry -> entry.getValue().breaker())
                .toList();
        int open = (int) visited.stream()
                .filter(breaker -> breaker.state() != BreakerState.CLOSED)
                .count();
        return new Count(visited.size(), open);
    }

    /** How many breakers of this node are in a state. */
    synchronized long count(BreakerState state) {
        return sites.values().stream()
                .filter(site -> site.breaker().state() == state)
                .count();
    }

    SiteThresholds thresholdsOf(String name) {
        return name.startsWith(PREFIX) ? settings.of(name.substring(PREFIX.length())) : settings.ofReceivers();
    }

    private static final class Site {
        private final SiteBreaker breaker;
        private final SitePace pace;
        private Instant lastVisitor = Instant.MIN;

        Site(SiteBreaker breaker, SitePace pace) {
            this.breaker = breaker;
            this.pace = pace;
        }

        SiteBreaker breaker() {
            return breaker;
        }

        SitePace pace() {
            return pace;
        }
    }

    private final class Watched implements Visit {
        private final Site site;
        private final long stretch;
        private final AtomicBoolean over = new AtomicBoolean();

        Watched(Site site, long stretch) {
            this.site = site;
            this.stretch = stretch;
        }

        @Override
        public void succeeded(Duration took) {
            end(SiteEvidence.WELL, took);
        }

        @Override
        public void failed(ErrorCategory category, String code, Duration took) {
            end(SiteEvidence.of(category, code, took, settings.patience()), took);
        }

        @Override
        public void dropped() {
            end(SiteEvidence.NOTHING, Duration.ZERO);
        }

        private void end(SiteEvidence evidence, Duration took) {
            if (over.compareAndSet(false, true)) {
                leave(this, evidence, took.isNegative() ? Duration.ZERO : took);
            }
        }
    }

    private static final class Unwatched implements Visit {
        @Override
        public void succeeded(Duration took) {}

        @Override
        public void failed(ErrorCategory category, String code, Duration took) {}

        @Override
        public void dropped() {}
    }
}
