// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static java.util.Objects.requireNonNull;

import dev.drover.job.control.Intake;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Judges how well this node can serve, from facts that a timer has read; and keeps out what a worse level does not take.
 * Whoever asks gets what is known: nothing is read for a submission.
 */
@ApplicationScoped
public class ServiceWatch implements Intake {

    private static final Logger LOG = Logger.getLogger(ServiceWatch.class.getName());
    private static final int MOST_CHANGES = 50;

    /**
     * How the service does.
     *
     * @param level that it is at, held for a while when things have become better
     * @param since when it is at this level
     */
    public record Assessment(ServiceFacts facts, ServiceHealth health, ServiceLevel level, Instant since, Instant at) {
        public Assessment {
            requireNonNull(facts, "facts");
            requireNonNull(level, "level");
        }
    }

    /** A step from one level to another. */
    public record Change(Instant at, ServiceLevel from, ServiceLevel to, String reasons) {}

    private final Deque<Change> changes = new ArrayDeque<>();
    private LevelSettings settings;
    private ServiceMeters meters;
    private Clock clock;
    private LevelHold hold;
    private volatile Assessment current;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected ServiceWatch() {}

    @Inject
    public ServiceWatch(LevelSettings settings, ServiceMeters meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.hold = new LevelHold(settings.recovery());
        Instant now = clock.instant();
        this.current = new Assessment(
                ServiceFacts.WELL, ServiceHealth.of(ServiceFacts.WELL, settings), ServiceLevel.FULL, now, now);
    }

    /** Judges anew. */
    synchronized Assessment judge(ServiceFacts facts) {
        Instant now = clock.instant();
        Assessment before = current;
        ServiceHealth health = ServiceHealth.of(facts, settings);
        ServiceLevel level = hold.update(health.level(), now);
        boolean changed = level != before.level();
        Assessment next = new Assessment(facts, health, level, changed ? now : before.since(), now);
        current = next;
        if (changed) {
            tell(new Change(now, before.level(), level, health.reasons()));
        }
        return next;
    }

    private void tell(Change change) {
        changes.addFirst(change);
        if (changes.size() > MOST_CHANGES) {
            changes.removeLast();
        }
        LOG.log(
                change.to().isWorseThan(change.from()) ? Level.WARNING : Level.INFO,
                "DROVER4011 the service level is %s, after %s. %s"
                        .formatted(change.to().wireName(), change.from().wireName(), change.reasons()));
    }

    /** How the service did when it was last judged. */
    public Assessment current() {
        return current;
    }

    /** The last changes of the level on this node since its start, the newest first. */
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void admit(Lane lane, JobPriority priority) {
        Assessment now = current;
        if (now.level().refuses(priority)) {
            meters.refused(now.level(), priority);
            String reasons = now.health().reasons();
            throw new DroverException(
                    ErrorCode.SERVICE_DEGRADED,
                    "The service level is %s, which takes no new jobs of priority %s. %s"
                            .formatted(
                                    now.level().wireName(),
                                    priority.wireName(),
                                    reasons.isEmpty() ? "It is about to recover." : reasons),
                    settings.recovery());
        }
    }
}
