// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobQueries;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shares the workers among users. The broker hands messages out by their priority and else in their order, so what a
 * user has queued already decides how far in front of the others the next message goes: the first few of everyone go one
 * step before, those of a user with many one step behind. Whenever several users wait, and for jobs that wait long, the
 * message of a job is sent once more with a better priority; the second one that arrives finds the job taken and does
 * nothing (docs/adr/0013).
 *
 * <p>The numbers are those of the last look at the database and what this node accepted since, so that a submission asks
 * nobody.
 */
@ApplicationScoped
public class FairShare {

    /** The jobs of each user that go before those of users with many, times the user's weight. */
    static final int FRONT = 4;

    /** As often as that, a user's jobs go behind. */
    private static final int MANY = 10;

    /** When a user who has too many waiting may try again: some have begun by then. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final int MOST_USERS = 100;
    private static final int MOST_AGED = 100;
    private static final int MOST_REMEMBERED = 20_000;
    private static final int FIRST = 9;

    /** Looking at a long queue takes its time: the rest after it is so many times as long. */
    private static final int REST_OF_A_LOOK = 50;

    private JobQueries queries;
    private JobSettings settings;
    private Clock clock;

    private long nextLook = System.nanoTime();
    private volatile Map<Owner, Long> counted = Map.of();
    private volatile Map<Owner, LongAdder> since = new ConcurrentHashMap<>();

    private final Map<UUID, Integer> sentAgain = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected FairShare() {}

    @Inject
    public FairShare(JobQueries queries, JobSettings settings, Clock clock) {
        this.queries = queries;
        this.settings = settings;
        this.clock = clock;
    }

    /** A message that is to be sent, with its priority of 0 (last) to 9 (first). */
    record Turn(Job job, int priority) {}

    /**
     * Lets new jobs of a user into the queue.
     *
     * @throws DroverException when the user has as many waiting as one may
     */
    void admit(Owner owner, int jobs) {
        if (waiting(owner) + jobs > settings.queuedPerUser()) {
            throw new DroverException(
                    ErrorCode.TOO_MANY_JOBS,
                    "%d jobs of '%s' wait already; the most is %d."
                            .formatted(waiting(owner), owner.user(), settings.queuedPerUser()),
                    AGAIN);
        }
    }

    /** The priority of the first message of a job, which counts as waiting from now on. */
    int enqueued(Job job) {
        long before = waiting(job.owner());
        since.computeIfAbsent(job.owner(), owner -> new LongAdder()).increment();
        return stepped(job, before);
    }

    private int stepped(Job job, long before) {
        int front = FRONT * weight(job.owner());
        int step = before < front ? 1 : before < (long) front * MANY ? 0 : -1;
        return Math.clamp(job.priority().jms() + step, 0, FIRST);
    }

    private long waiting(Owner owner) {
        LongAdder more = since.get(owner);
        return counted.getOrDefault(owner, 0L) + (more == null ? 0 : more.sum());
    }

    private int weight(Owner owner) {
        return settings.weights().getOrDefault(owner.user(), 1);
    }

    /**
     * Looks at the queue as it is, unless the last look took so long that it is better to rest.
     *
     * @return the messages to send once more
     */
    List<Turn> look() {
        long began = System.nanoTime();
        if (began - nextLook < 0) {
            return List.of();
        }
        count();
        List<Turn> turns = turns();
        long ended = System.nanoTime();
        nextLook = ended + (ended - began) * REST_OF_A_LOOK;
        return turns;
    }

    void count() {
        // First, so that nothing is missed that is accepted while the database counts; it may be counted twice.
        since = new ConcurrentHashMap<>();
        counted = queries.queuedByOwner();
    }

    /** The messages to send once more, so that everyone has some jobs in front and nobody waits for ever. */
    List<Turn> turns() {
        Map<Owner, Long> users = counted;
        List<Turn> turns = new ArrayList<>();
        if (users.size() > 1) {
            users.keySet().stream().limit(MOST_USERS).forEach(owner -> queries.frontOf(owner, FRONT * weight(owner))
                    .forEach(job -> raise(turns, job, job.priority().jms() + 1)));
        }
        if (!users.isEmpty()) {
            Instant now = clock.instant();
            queries.waitingSince(now.minus(settings.ageing()), MOST_AGED)
                    .forEach(job -> raise(turns, job, job.priority().jms() + steps(job, now)));
        }
        return turns;
    }

    private int steps(Job job, Instant now) {
        Instant due = job.notBefore();
        Duration waited = Duration.between(due == null ? job.createdAt() : due, now);
        return (int) Math.min(FIRST, waited.dividedBy(settings.ageing()));
    }

    private void raise(List<Turn> turns, Job job, int wanted) {
        int priority = Math.min(FIRST, wanted);
        Integer last = sentAgain.get(job.id());
        if (last == null || last < priority) {
            sentAgain.put(job.id(), priority);
            turns.add(new Turn(job, priority));
        }
    }
}
