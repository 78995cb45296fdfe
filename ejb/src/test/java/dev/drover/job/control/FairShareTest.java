// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which message goes before which. */
class FairShareTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Owner CROWD = new Owner("default", "crowd");
    private static final Owner SINGLE = new Owner("default", "single");

    private final Queue queue = new Queue();

    private FairShare shares(Map<String, Integer> weights) {
        return new FairShare(queue, JobRoom.settings(100, weights), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void theFirstJobsOfAUserGoBeforeAndTheLastBehind() {
        FairShare shares = shares(Map.of());

        List<Integer> priorities = IntStream.range(0, 42)
                .mapToObj(i -> shares.enqueued(job(CROWD, NOW)))
                .toList();

        assertThat(priorities.subList(0, 4)).containsOnly(5);
        assertThat(priorities.subList(4, 40)).containsOnly(4);
        assertThat(priorities.subList(40, 42)).containsOnly(3);
        assertThat(shares.enqueued(job(SINGLE, NOW))).isEqualTo(5);
    }

    @Test
    void aHeavierUserHasMoreInFront() {
        FairShare shares = shares(Map.of("crowd", 3));

        List<Integer> priorities = IntStream.range(0, 13)
                .mapToObj(i -> shares.enqueued(job(CROWD, NOW)))
                .toList();

        assertThat(priorities.subList(0, 12)).containsOnly(5);
        assertThat(priorities.getLast()).isEqualTo(4);
    }

    @Test
    void whatTheDatabaseCountsReplacesWhatTheNodeRemembers() {
        FairShare shares = shares(Map.of());
        IntStream.range(0, 50).forEach(i -> shares.enqueued(job(CROWD, NOW)));

        shares.count();

        assertThat(shares.enqueued(job(CROWD, NOW))).isEqualTo(5);
    }

    @Test
    void whileSeveralWaitEachGetsItsFirstJobsToTheFrontOnce() {
        FairShare shares = shares(Map.of());
        IntStream.range(0, 9).forEach(i -> queue.waiting.add(job(CROWD, NOW)));
        queue.waiting.add(job(SINGLE, NOW));
        shares.count();

        assertThat(shares.turns()).hasSize(5).allSatisfy(turn -> assertThat(turn.priority())
                .isEqualTo(5));
        assertThat(shares.turns()).isEmpty();
    }

    @Test
    void aUserAloneNeedsNoTurns() {
        FairShare shares = shares(Map.of());
        IntStream.range(0, 9).forEach(i -> queue.waiting.add(job(CROWD, NOW)));
        shares.count();

        assertThat(shares.turns()).isEmpty();
    }

    @Test
    void eachMinuteInTheQueueIsAStepForward() {
        FairShare shares = shares(Map.of());
        queue.waiting.add(job(CROWD, NOW.minusSeconds(150)));
        queue.waiting.add(job(CROWD, NOW.minus(Duration.ofHours(1))));
        shares.count();

        assertThat(shares.turns()).extracting(FairShare.Turn::priority).containsExactly(6, 9);
        assertThat(shares.turns()).isEmpty();
    }

    @Test
    void aUserWithTooManyWaitingIsRefusedForAWhile() {
        FairShare shares = shares(Map.of());
        IntStream.range(0, 100).forEach(i -> shares.enqueued(job(CROWD, NOW)));

        assertThatThrownBy(() -> shares.admit(CROWD, 1)).isInstanceOfSatisfying(DroverException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_JOBS);
            assertThat(refused.retryAfter()).isPresent();
        });
        shares.admit(SINGLE, 100);
    }

    private static Job job(Owner owner, Instant createdAt) {
        return new Job(new NewJob(
                NewJob.nextId(),
                owner,
                "noop",
                Lane.PLAIN,
                "{}",
                "{}",
                Map.of(),
                "{}",
                JobPriority.NORMAL,
                3,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                null,
                null,
                "0".repeat(32),
                null,
                createdAt));
    }

    /** The rows that wait. */
    private static final class Queue extends JobQueries {
        private final List<Job> waiting = new ArrayList<>();

        @Override
        public Map<Owner, Long> queuedByOwner() {
            Map<Owner, Long> counts = new HashMap<>();
            waiting.forEach(job -> counts.merge(job.owner(), 1L, Long::sum));
            return counts;
        }

        @Override
        public List<Job> frontOf(Owner owner, int limit) {
            return waiting.stream()
                    .filter(job -> job.owner().equals(owner))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<Job> waitingSince(Instant before, int limit) {
            return waiting.stream()
                    .filter(job -> job.createdAt().isBefore(before))
                    .toList();
        }
    }
}
