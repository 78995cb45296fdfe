// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.event.entity.EventQueries;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every database that Drover runs on. */
abstract class JobStoreContract {

    private static final Owner ALICE = new Owner("default", "alice");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Instant LEASE = NOW.plusSeconds(30);

    /** What the node under test remembers of the jobs that it accepted. */
    private FreshJobs fresh = new FreshJobs();

    abstract TestDatabase database();

    @Test
    void aSubmittedJobIsFoundWithEveryFieldAsItWas() {
        NewJob accepted = newJob(NewJob.nextId(), "Körprov", JobPriority.HIGH, Map.of("team", "förare"), null);
        submit(accepted);

        Job found = find(accepted.id());

        assertThat(found.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(found.task()).isEqualTo("Körprov");
        assertThat(found.owner()).isEqualTo(ALICE);
        assertThat(found.priority()).isEqualTo(JobPriority.HIGH);
        assertThat(found.params()).isEqualTo(accepted.params());
        assertThat(found.labels()).isEqualTo(accepted.labelsJson());
        assertThat(found.createdAt()).isEqualTo(NOW);
        assertThat(found.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(found.error()).isNull();
        assertThat(events(accepted.id())).extracting(JobEvent::seq).containsExactly(1);
    }

    @Test
    void aClaimRaisesTheAttemptAndASecondOneIsToldWhoHoldsTheJob() {
        UUID id = submit(newJob("claim"));

        List<Object> answers = write(take(id, "node-a"), take(id, "node-b"));

        assertThat(answers.get(0)).isInstanceOfSatisfying(Claim.Granted.class, granted -> assertThat(
                        granted.job().attempt())
                .isEqualTo(1));
        assertThat(answers.get(1)).isInstanceOfSatisfying(Claim.HeldBy.class, held -> assertThat(held.node())
                .isEqualTo("node-a"));
        assertThat(find(id).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(events(id)).extracting(JobEvent::seq).containsExactly(1, 2);
    }

    @Test
    void whatANodeRemembersOfAJobDoesNotLetItTakeOneThatAnotherHas() {
        UUID id = submit(newJob("remembered"));
        FreshJobs ofThisNode = fresh;
        fresh = new FreshJobs();
        claim(id, "node-b");
        fresh = ofThisNode;

        Object late = write(take(id, "node-a")).getFirst();

        assertThat(late).isInstanceOfSatisfying(Claim.HeldBy.class, held -> assertThat(held.node())
                .isEqualTo("node-b"));
        assertThat(events(id)).extracting(JobEvent::seq).containsExactly(1, 2);
    }

    @Test
    void aJobThatWasBuriedAndReplayedIsClaimedAsItIsNow() {
        UUID id = submit(newJob("remembered"));
        FreshJobs ofThisNode = fresh;
        fresh = new FreshJobs();
        JobError error = new JobError("internal", "undeliverable", "It could not be delivered.", "fail");
        write(new JobWrite.Bury(find(id), error, NOW, LEASE, List.of(completed(2))));
        write(new JobWrite.Replay(find(id), 3, queuedAgain(3)));
        fresh = ofThisNode;

        assertThat(claim(id, "node-a").attempt()).isEqualTo(1);
        assertThat(events(id)).extracting(JobEvent::seq).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aClaimFromMemoryGrantsTheSameJobAsOneFromTheRow() {
        UUID remembered = submit(newJob("same"));
        UUID read = submit(newJob("same"));

        Job fromMemory = claim(remembered, "node-a");
        fresh = new FreshJobs();
        Job fromRow = claim(read, "node-a");

        assertThat(fromMemory)
                .usingRecursiveComparison()
                .ignoringFields("id")
                .ignoringFieldsMatchingRegexes("\\$\\$_hibernate.*")
                .isEqualTo(fromRow);
    }

    @Test
    void aQuestionIsAnsweredOnceWhileItsAttemptWaits() {
        Job job = running("asks");
        HumanStep step = step(job, 1);

        assertThat(write(new JobWrite.Ask(job, 1, step, asks(3)))).containsExactly(true);
        assertThat(find(job.id()).status()).isEqualTo(JobStatus.WAITING_FOR_HUMAN);
        assertThat(write(answer(step, "\"Körprov\""), answer(step, "\"other\"")))
                .containsExactly(true, false);
        assertThat(write(new JobWrite.GoOn(job, 1, step.id(), HumanStepState.EXPIRED, NOW, goesOn(4))))
                .containsExactly(true);

        HumanStep ended = found(step);
        assertThat(ended.state()).isEqualTo(HumanStepState.ANSWERED);
        assertThat(ended.answer()).isEqualTo("\"Körprov\"");
        assertThat(ended.answeredBy()).isEqualTo("alice");
        assertThat(find(job.id()).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(events(job.id())).extracting(JobEvent::type).contains(EventType.HUMAN_REQUIRED);
    }

    @Test
    void aLateAnswerIsRefused() {
        Job job = running("late");
        HumanStep passed = step(job, 1);
        write(new JobWrite.Ask(job, 1, passed, asks(3)));
        assertThat(write(new JobWrite.Answer(passed.id(), "true", "alice", passed.deadline())))
                .as("at the deadline")
                .containsExactly(false);
        write(new JobWrite.GoOn(job, 1, passed.id(), HumanStepState.WENT_ON, NOW, goesOn(4)));
        assertThat(write(answer(passed, "true"))).as("after it went on").containsExactly(false);
        assertThat(found(passed).state()).isEqualTo(HumanStepState.WENT_ON);

        HumanStep left = step(job, 1);
        write(new JobWrite.Ask(job, 1, left, asks(5)));
        settle(find(job.id()), 1, JobStatus.CANCELLED);

        assertThat(write(answer(left, "true"))).as("of an attempt that ended").containsExactly(false);
    }

    @Test
    void anAttemptThatWasReplacedAsksNobody() {
        Job job = running("replaced");
        HumanStep step = step(job, 7);

        assertThat(write(new JobWrite.Ask(job, 7, step, asks(3)))).containsExactly(false);
        assertThat(database().<HumanStep>read(session -> session.find(HumanStep.class, step.id())))
                .isNull();
    }

    private static HumanStep step(Job job, int attempt) {
        return new HumanStep(
                NewJob.nextId(), job.id(), attempt, "confirm", "Är det rätt?", "[]", NOW, NOW.plusSeconds(60));
    }

    private static JobWrite.Answer answer(HumanStep step, String answer) {
        return new JobWrite.Answer(step.id(), answer, "alice", NOW.plusSeconds(1));
    }

    private static Notice asks(int seq) {
        return new Notice(seq, EventType.HUMAN_REQUIRED, NOW, "{}");
    }

    private static Notice goesOn(int seq) {
        return new Notice(seq, EventType.STATUS_UPDATE, NOW, "{}");
    }

    private HumanStep found(HumanStep step) {
        return database().read(session -> session.find(HumanStep.class, step.id()));
    }

    @Test
    void aJobWhoseTimeHasNotComeIsNotClaimed() {
        NewJob later = newJob(NewJob.nextId(), "later", JobPriority.NORMAL, Map.of(), NOW.plusSeconds(60));
        submit(later);

        assertThat(write(take(later.id(), "node-a")).getFirst()).isInstanceOf(Claim.NotDue.class);
        assertThat(find(later.id()).status()).isEqualTo(JobStatus.SCHEDULED);
    }

    @Test
    void anEndedOrMissingJobIsNotClaimed() {
        Job job = running("ended");
        settle(job, 1, JobStatus.SUCCEEDED);

        assertThat(write(take(job.id(), "node-b")).getFirst()).isEqualTo(new Claim.AlreadyDone(JobStatus.SUCCEEDED));
        assertThat(write(take(UUID.randomUUID(), "node-b")).getFirst()).isEqualTo(new Claim.AlreadyDone(null));
    }

    @Test
    void progressAndEndOfOneAttemptMayStandInOneGroup() {
        Job job = running("group");

        List<Object> answers = write(
                advance(job, 3, "navigating", 20),
                advance(job, 4, "capturing", 70),
                keep(job, 5),
                settlement(job, 1, JobStatus.SUCCEEDED, 6));

        assertThat(answers).containsExactly(true, true, true, true);
        Job ended = find(job.id());
        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.stage()).isEqualTo("capturing");
        assertThat(ended.progress()).isEqualTo(100);
        assertThat(ended.lastSeq()).isEqualTo(6);
        assertThat(ended.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(events(job.id())).extracting(JobEvent::seq).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(artifacts(job.id())).extracting(Artifact::name).containsExactly("page.png");
        assertThat(attempts(job.id())).extracting(Attempt::outcome).containsExactly("succeeded");
    }

    @Test
    void theEventsOfOneGroupComeInTheirOrder() {
        Job job = running("order");

        Written written =
                written(advance(job, 3, "navigating", 20), keep(job, 4), settlement(job, 1, JobStatus.SUCCEEDED, 5));

        assertThat(written.events()).extracting(JobEvent::seq).containsExactly(3, 4, 5);
    }

    @Test
    void anAttemptThatLostItsLeaseChangesNothing() {
        Job first = running("fenced");
        write(settlement(first, 1, JobStatus.QUEUED, 3));
        Job second = claim(first.id(), "node-b");

        List<Object> late =
                write(advance(first, 4, "late", 99), keep(first, 5), settlement(first, 1, JobStatus.SUCCEEDED, 6));

        assertThat(late).containsExactly(false, false, false);
        Job now = find(first.id());
        assertThat(now.attempt()).isEqualTo(2);
        assertThat(now.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(now.stage()).isNull();
        assertThat(now.result()).isNull();
        assertThat(events(first.id())).extracting(JobEvent::seq).containsExactly(1, 2, 3, 4);
        assertThat(settle(second, 2, JobStatus.SUCCEEDED)).isTrue();
    }

    @Test
    void onlyTheFirstOfTwoEndsCounts() {
        Job job = running("twice");

        List<Object> answers =
                write(settlement(job, 1, JobStatus.SUCCEEDED, 3), settlement(job, 1, JobStatus.FAILED, 3));

        assertThat(answers).containsExactly(true, false);
        assertThat(find(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aJobThatIsHandedBackWaitsAgainWithAsManyAttemptsAsBefore() {
        Job job = running("handed-back");

        assertThat(write(handBack(job, true))).containsExactly(true);

        Job queued = find(job.id());
        assertThat(queued.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(queued.maxAttempts() - queued.attempt()).isEqualTo(job.maxAttempts());
        assertThat(queued.dispatchedAt()).isNull();
        assertThat(queued.leaseUntil()).isNull();
        assertThat(undispatched()).contains(job.id());
        assertThat(attempts(job.id())).extracting(Attempt::outcome).containsExactly("queued");
        assertThat(events(job.id())).extracting(JobEvent::seq).containsExactly(1, 2, 3);
        assertThat(claim(job.id(), "node-b").attempt()).isEqualTo(2);
    }

    @Test
    void aStaleAttemptHandsNothingBack() {
        Job job = running("handed-back-late");
        settle(job, 1, JobStatus.SUCCEEDED);

        assertThat(write(handBack(job, true))).containsExactly(false);

        assertThat(find(job.id()).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(find(job.id()).maxAttempts()).isEqualTo(job.maxAttempts());
    }

    @Test
    void aQueuedJobIsWithdrawnAndNeverClaimed() {
        UUID id = submit(newJob("withdrawn"));
        Job queued = find(id);

        assertThat(write(new JobWrite.Withdraw(queued, "not needed", NOW, LEASE, List.of(completed(2)))))
                .containsExactly(true);

        assertThat(write(take(id, "node-a")).getFirst()).isEqualTo(new Claim.AlreadyDone(JobStatus.CANCELLED));
        assertThat(find(id).cancelReason()).isEqualTo("not needed");
    }

    @Test
    void aRunningJobIsNotWithdrawnButAskedToStop() {
        Job job = running("asked");

        assertThat(write(new JobWrite.Withdraw(job, null, NOW, LEASE, List.of(completed(3)))))
                .containsExactly(false);
        assertThat(write(new JobWrite.RequestCancel(job.id(), "enough", true))).containsExactly(true);

        assertThat(toCancel()).extracting(Job::id).contains(job.id());
    }

    @Test
    void theSameIdIsAcceptedOnce() {
        NewJob job = newJob("once");
        submit(job);

        assertThatThrownBy(() -> submit(job)).isInstanceOf(jakarta.persistence.PersistenceException.class);
    }

    @Test
    void listsAreNewestFirstAndKnowStatusTaskLabelAndOwner() {
        String task = "list-" + UUID.randomUUID();
        UUID first = submit(newJob(NewJob.nextId(), task, JobPriority.LOW, Map.of("team", "a"), null));
        UUID second = submit(newJob(NewJob.nextId(), task, JobPriority.LOW, Map.of("team", "b"), null));

        assertThat(list(Scope.EVERYTHING, filter(task, Map.of(), null))).containsExactly(second, first);
        assertThat(list(Scope.EVERYTHING, filter(task, Map.of(), second))).containsExactly(first);
        assertThat(list(Scope.EVERYTHING, filter(task, Map.of("team", "a"), null)))
                .containsExactly(first);
        assertThat(list(new Scope("default", "mallory"), filter(task, Map.of(), null)))
                .isEmpty();
        assertThat(list(new Scope("default", "alice"), filter(task, Map.of(), null)))
                .hasSize(2);
    }

    @Test
    void theQueueIsOrderedByPriorityThenAge() {
        UUID low = submit(newJob(NewJob.nextId(), "position", JobPriority.LOW, Map.of(), null));
        long before = position(low);
        UUID urgent = submit(newJob(NewJob.nextId(), "position", JobPriority.URGENT, Map.of(), null));
        submit(newJob(NewJob.nextId(), "position", JobPriority.LOW, Map.of(), null));

        assertThat(position(low)).isEqualTo(before + 1);
        assertThat(position(urgent)).isLessThan(position(low));
    }

    @Test
    void theDepthOfALaneKnowsWhatWaitsAndSinceWhen() {
        long queued = depth().in(JobStatus.QUEUED);
        long running = depth().in(JobStatus.RUNNING);
        submit(newJob("depth"));
        running("depth");

        assertThat(depth().in(JobStatus.QUEUED)).isEqualTo(queued + 1);
        assertThat(depth().in(JobStatus.RUNNING)).isEqualTo(running + 1);
        assertThat(depth().waitingSince()).isEqualTo(NOW);
    }

    @Test
    void leasesAreRenewedOfTheAttemptsThatANodeRunsAndOfNoOthers() {
        Job job = claim(submit(newJob("lease")), "node-lease");
        Job forgotten = claim(submit(newJob("lease")), "node-lease");
        Job elsewhere = claim(submit(newJob("lease")), "node-other");
        Instant until = NOW.plusSeconds(300);

        write(new JobWrite.RenewLeases("node-lease", List.of(job.id(), elsewhere.id()), until));

        assertThat(find(job.id()).leaseUntil()).isEqualTo(until);
        assertThat(lost(NOW.plusSeconds(299))).doesNotContain(job.id()).contains(forgotten.id(), elsewhere.id());
        assertThat(lost(NOW.plusSeconds(301))).contains(job.id());
    }

    @Test
    void aRemovedJobLeavesNoRow() {
        Job job = running("removed");
        write(keep(job, 3), settlement(job, 1, JobStatus.SUCCEEDED, 4));
        assertThat(expired()).contains(job.id());

        database().write(session -> JobStore.remove(session, List.of(job.id())));

        assertThat(expired()).doesNotContain(job.id());
        assertThat(events(job.id())).isEmpty();
        assertThat(attempts(job.id())).isEmpty();
    }

    @Test
    void aMessageThatNeverLeftIsFoundUntilItIsSent() {
        UUID id = submit(newJob("outbox"));
        assertThat(undispatched()).contains(id);

        write(new JobWrite.Dispatched(List.of(id), NOW));

        assertThat(undispatched()).doesNotContain(id);
    }

    @Test
    void aParkedJobWaitsForItsTimeWithAllItsAttempts() {
        Job job = running("parked");
        JobError busy = new JobError("network", "breaker_open", "The site is down.", "wait_for_breaker");

        assertThat(write(new JobWrite.Park(job, 1, busy, NOW.plusSeconds(30), queuedAgain(3))))
                .containsExactly(true);

        Job parked = find(job.id());
        assertThat(parked.status()).isEqualTo(JobStatus.RETRYING);
        assertThat(parked.notBefore()).isEqualTo(NOW.plusSeconds(30));
        assertThat(parked.error()).isEqualTo(busy);
        assertThat(parked.maxAttempts() - parked.attempt()).isEqualTo(job.maxAttempts());
        assertThat(attempts(job.id())).isEmpty();
        assertThat(write(take(job.id(), "node-b")).getFirst()).isInstanceOf(Claim.NotDue.class);
        assertThat(settle(job, 1, JobStatus.SUCCEEDED)).isFalse();
    }

    @Test
    void onlyAJobThatWaitsInTheQueueIsBuried() {
        UUID queued = submit(newJob("buried"));
        Job running = running("not-buried");
        JobError error = new JobError("internal", "undeliverable", "It could not be delivered.", "fail");

        List<Object> answers = write(
                new JobWrite.Bury(find(queued), error, NOW, LEASE, List.of(completed(2))),
                new JobWrite.Bury(running, error, NOW, LEASE, List.of(completed(3))));

        assertThat(answers).containsExactly(true, false);
        assertThat(find(queued).status()).isEqualTo(JobStatus.FAILED);
        assertThat(find(queued).error()).isEqualTo(error);
        assertThat(deadLetters().get("internal")).isPositive();
    }

    @Test
    void aReplayedJobGoesOnWithItsHistory() {
        Job job = running("replayed");
        settle(job, 1, JobStatus.FAILED);
        Job failed = find(job.id());

        List<Object> answers =
                write(new JobWrite.Replay(failed, 4, queuedAgain(4)), new JobWrite.Replay(failed, 4, queuedAgain(4)));

        assertThat(answers).containsExactly(true, false);
        Job queued = find(job.id());
        assertThat(queued.status()).isEqualTo(JobStatus.QUEUED);
        assertThat(queued.maxAttempts()).isEqualTo(4);
        assertThat(queued.finishedAt()).isNull();
        assertThat(queued.expiresAt()).isNull();
        assertThat(undispatched()).contains(job.id());
        assertThat(attempts(job.id())).extracting(Attempt::outcome).containsExactly("failed");
        assertThat(claim(job.id(), "node-b").attempt()).isEqualTo(2);
    }

    @Test
    void theJobsOfABatchAreCountedTogether() {
        Batch batch = new Batch(NewJob.nextId(), ALICE, 2, NOW);
        NewJob first = newJob("batch");
        NewJob second = newJob("batch");

        Object answer = write(new JobWrite.SubmitBatch(batch, List.of(submission(first), submission(second))))
                .getFirst();
        settle(claim(first.id(), "node-a"), 1, JobStatus.SUCCEEDED);

        assertThat(answer)
                .asInstanceOf(InstanceOfAssertFactories.list(Job.class))
                .extracting(Job::id)
                .containsExactly(first.id(), second.id());
        assertThat(countOf(batch)).isEqualTo(Map.of(JobStatus.SUCCEEDED, 1L, JobStatus.QUEUED, 1L));
        database().write(session -> JobStore.remove(session, List.of(first.id(), second.id())));
        assertThat(countOf(batch)).isEmpty();
        assertThat(database().<Boolean>read(session -> new JobQueries(session)
                        .batch(Scope.EVERYTHING, batch.id())
                        .isPresent()))
                .isFalse();
    }

    @Test
    void aBatchIsAcceptedWholeOrNotAtAll() {
        NewJob taken = newJob("whole");
        submit(taken);
        NewJob fresh = newJob("whole");
        Batch batch = new Batch(NewJob.nextId(), ALICE, 2, NOW);

        assertThatThrownBy(() -> write(new JobWrite.SubmitBatch(batch, List.of(submission(fresh), submission(taken)))))
                .isInstanceOf(jakarta.persistence.PersistenceException.class);

        assertThat(database().<Boolean>read(session -> new JobQueries(session)
                        .find(Scope.EVERYTHING, fresh.id())
                        .isPresent()))
                .isFalse();
    }

    @Test
    void aNodeKnowsWhichAttemptsAreItsOwn() {
        Job mine = claim(submit(newJob("own")), "node-own");
        Job lost = claim(submit(newJob("own")), "node-own");
        write(handBack(lost, true));
        claim(lost.id(), "node-other");

        assertThat(database().<Map<UUID, Integer>>read(session -> new JobQueries(session).runningOn("node-own")))
                .isEqualTo(Map.of(mine.id(), 1));
    }

    @Test
    void everyOwnersFirstJobsAreFoundHoweverManyAnotherHas() {
        Owner crowd = new Owner("default", "crowd-" + UUID.randomUUID());
        Owner single = new Owner("default", "single-" + UUID.randomUUID());
        for (int i = 0; i < 5; i++) {
            submit(newJob(crowd, JobPriority.NORMAL));
        }
        UUID urgent = submit(newJob(crowd, JobPriority.URGENT));
        UUID only = submit(newJob(single, JobPriority.NORMAL));

        assertThat(database().<Map<Owner, Long>>read(session -> new JobQueries(session).queuedByOwner()))
                .containsEntry(crowd, 6L)
                .containsEntry(single, 1L);
        assertThat(front(crowd, 2)).hasSize(2).startsWith(urgent);
        assertThat(front(single, 2)).containsExactly(only);
    }

    /** Nodes that know too little, come too late and have other clocks, in every order that a seed brings about. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 9})
    void whateverNodesTryAJobHasOneAttemptAtATimeAndOneEnd(long seed) {
        Random random = new Random(seed);
        UUID id = submit(newJob("random"));
        List<Job> seen = new ArrayList<>(List.of(find(id)));
        int ends = 0;
        int replays = 0;
        for (int step = 0; step < 60; step++) {
            Job before = find(id);
            Job stale = random.nextInt(3) == 0 ? seen.get(random.nextInt(seen.size())) : before;
            JobWrite<?> write = anyWrite(random, stale);
            Object answer = write(write).getFirst();
            Job after = find(id);
            boolean changed = answer instanceof Claim ? answer instanceof Claim.Granted : (boolean) answer;

            if (before.status() != after.status()) {
                assertThat(changed).isTrue();
                assertThat(before.status().next()).contains(after.status());
            }
            assertThat(after.attempt() - before.attempt()).isEqualTo(answer instanceof Claim.Granted ? 1 : 0);
            ends += !before.status().isTerminal() && after.status().isTerminal() ? 1 : 0;
            replays += write instanceof JobWrite.Replay && changed ? 1 : 0;
            assertThat(ends - replays).isBetween(0, 1);
            seen.add(after);
        }
        assertThat(events(id)).extracting(JobEvent::seq).doesNotHaveDuplicates();
        assertThat(events(id))
                .filteredOn(event -> event.type() == EventType.JOB_COMPLETED)
                .hasSize(ends);
    }

    private static JobWrite<?> anyWrite(Random random, Job job) {
        int seq = job.lastSeq() + 1;
        JobError error = new JobError("network", "x", "y", "retry");
        return switch (random.nextInt(10)) {
            case 0, 1 -> takeByAnyClock(random, job.id());
            case 2 -> handBack(job, random.nextBoolean());
            case 3 -> settlement(job, job.attempt(), JobStatus.SUCCEEDED, seq);
            case 4 -> settlement(job, job.attempt(), JobStatus.FAILED, seq);
            case 5 -> new JobWrite.Park(job, job.attempt(), error, NOW.minusSeconds(1), queuedAgain(seq));
            case 6 -> new JobWrite.Promote(job, queuedAgain(seq));
            case 7 -> new JobWrite.Bury(job, error, NOW, LEASE, List.of(completed(seq)));
            case 8 -> new JobWrite.Replay(job, job.attempt() + 3, queuedAgain(seq));
            default ->
                random.nextInt(4) == 0
                        ? new JobWrite.Withdraw(job, null, NOW, LEASE, List.of(completed(seq)))
                        : new JobWrite.HandBack(job, job.attempt(), true, error, null, NOW, queuedAgain(seq));
        };
    }

    /** The clocks of the nodes jump, up to an hour ahead and back. */
    private static JobWrite.Take takeByAnyClock(Random random, UUID id) {
        Instant now = NOW.plusSeconds(random.nextInt(7_200) - 3_600);
        return new JobWrite.Take(id, "node-" + random.nextInt(3), now, now.plusSeconds(30), "{}");
    }

    private List<UUID> front(Owner owner, int limit) {
        return database().read(session -> new JobQueries(session)
                .frontOf(owner, limit).stream().map(Job::id).toList());
    }

    private Map<JobStatus, Long> countOf(Batch batch) {
        return database().read(session -> new JobQueries(session).countOfBatch(batch.id()));
    }

    private Map<String, Long> deadLetters() {
        return database().read(session -> new JobQueries(session).failedByCategory(Scope.EVERYTHING));
    }

    private static Notice queuedAgain(int seq) {
        return new Notice(seq, EventType.STATUS_UPDATE, NOW, "{}");
    }

    private LaneDepth depth() {
        return database().read(session -> new JobQueries(session).depths().getOrDefault(Lane.BROWSER, LaneDepth.EMPTY));
    }

    private List<Artifact> artifacts(UUID id) {
        return database().read(session -> new JobQueries(session).artifacts(id));
    }

    private List<Attempt> attempts(UUID id) {
        return database().read(session -> new JobQueries(session).attempts(id));
    }

    private List<Job> toCancel() {
        return database().read(session -> new JobQueries(session).cancelRequested("node-a"));
    }

    private List<UUID> expired() {
        return database().read(session -> new JobQueries(session).expired(NOW.plusSeconds(3601), 10_000));
    }

    private List<UUID> undispatched() {
        return database().read(session -> new JobQueries(session)
                .undispatched(NOW.plusSeconds(1), NOW.minusSeconds(1), 10_000).stream()
                        .map(Job::id)
                        .toList());
    }

    private List<UUID> lost(Instant now) {
        return database().read(session -> new JobQueries(session)
                .leaseLost(now, 10_000).stream().map(Job::id).toList());
    }

    private long position(UUID id) {
        return database().read(session -> {
            JobQueries queries = new JobQueries(session);
            return queries.queuedBefore(queries.find(Scope.EVERYTHING, id).orElseThrow());
        });
    }

    private List<UUID> list(Scope scope, JobFilter filter) {
        return database().read(session -> new JobQueries(session)
                .list(scope, filter, 10).stream().map(Job::id).toList());
    }

    private static JobFilter filter(String task, Map<String, String> labels, @Nullable UUID before) {
        return new JobFilter(Set.of(JobStatus.QUEUED), task, null, null, labels, before);
    }

    private List<Object> write(JobWrite<?>... writes) {
        return written(writes).answers();
    }

    private Written written(JobWrite<?>... writes) {
        return database().write(session -> JobStore.write(session, fresh, List.of(writes)));
    }

    private UUID submit(NewJob job) {
        write(submission(job));
        return job.id();
    }

    private static JobWrite.Submit submission(NewJob job) {
        return new JobWrite.Submit(
                job, new JobEvent(job.id(), 1, job.owner(), job.task(), EventType.STATUS_UPDATE, NOW, "{}"));
    }

    private Job running(String task) {
        return claim(submit(newJob(task)), "node-a");
    }

    private Job claim(UUID id, String node) {
        return ((Claim.Granted) write(take(id, node)).getFirst()).job();
    }

    private boolean settle(Job job, int attempt, JobStatus status) {
        return (boolean)
                write(settlement(job, attempt, status, job.lastSeq() + 1)).getFirst();
    }

    @Test
    void theRowSaysHowItsNextAttemptGoes() {
        Job job = running("fallback");
        JobFallback firefox = JobFallback.engine("firefox", "page_crashed");
        JobWrite.Settle retrying = settlement(job, 1, JobStatus.RETRYING, 3);
        write(new JobWrite.Settle(
                job,
                1,
                JobStatus.RETRYING,
                null,
                new JobError("crash", "page_crashed", "It crashed.", "retry"),
                firefox,
                "later",
                "chromium",
                NOW,
                NOW,
                null,
                retrying.notices()));

        Job again = claim(job.id(), "node-b");
        assertThat(again.fallback()).isEqualTo(firefox);

        write(settlement(again, 2, JobStatus.FAILED, 5));
        assertThat(find(job.id()).fallback()).isNull();
    }

    private Job find(UUID id) {
        return database()
                .read(session ->
                        new JobQueries(session).find(Scope.EVERYTHING, id).orElseThrow());
    }

    private List<JobEvent> events(UUID id) {
        return database().read(session -> new EventQueries(session).after(id, 0, 100));
    }

    private static JobWrite.Take take(UUID id, String node) {
        return new JobWrite.Take(id, node, NOW, LEASE, "{}");
    }

    private static JobWrite.Advance advance(Job job, int seq, String stage, double progress) {
        Notice notice = new Notice(seq, EventType.STATUS_UPDATE, NOW, "{}");
        return new JobWrite.Advance(job, job.attempt(), stage, progress, "on the way", "chromium", notice);
    }

    private static JobWrite.Keep keep(Job job, int seq) {
        Artifact artifact = new Artifact(
                job.id(), "page.png", job.attempt(), "screenshot", "image/png", 3, "0".repeat(64), "key", NOW);
        return new JobWrite.Keep(job, job.attempt(), artifact, new Notice(seq, EventType.ARTIFACT_CREATED, NOW, "{}"));
    }

    private static JobWrite.HandBack handBack(Job job, boolean free) {
        return new JobWrite.HandBack(
                job,
                job.attempt(),
                free,
                new JobError("lost_worker", "server_stopped", "The server stopped.", "retry"),
                "chromium",
                NOW,
                new Notice(job.lastSeq() + 1, EventType.STATUS_UPDATE, NOW, "{}"));
    }

    private static Notice completed(int seq) {
        return new Notice(seq, EventType.JOB_COMPLETED, NOW, "{}");
    }

    private static JobWrite.Settle settlement(Job job, int attempt, JobStatus status, int seq) {
        return new JobWrite.Settle(
                job,
                attempt,
                status,
                status == JobStatus.SUCCEEDED ? "{\"title\":\"Ä\"}" : null,
                status == JobStatus.FAILED ? new JobError("timeout", "t", "too slow", "retry") : null,
                null,
                "done",
                "chromium",
                null,
                NOW,
                status.isTerminal() ? NOW.plusSeconds(3600) : null,
                List.of(completed(seq)));
    }

    private static NewJob newJob(String task) {
        return newJob(NewJob.nextId(), task, JobPriority.NORMAL, Map.of(), null);
    }

    private static NewJob newJob(Owner owner, JobPriority priority) {
        return newJob(NewJob.nextId(), owner, "share", priority, Map.of(), null);
    }

    private static NewJob newJob(
            UUID id, String task, JobPriority priority, Map<String, String> labels, @Nullable Instant notBefore) {
        return newJob(id, ALICE, task, priority, labels, notBefore);
    }

    private static NewJob newJob(
            UUID id,
            Owner owner,
            String task,
            JobPriority priority,
            Map<String, String> labels,
            @Nullable Instant notBefore) {
        return new NewJob(
                id,
                owner,
                task,
                Lane.BROWSER,
                "{\"url\":\"https://example.org/ä\"}",
                "{}",
                labels,
                labels.isEmpty() ? "{}" : "{\"team\":\"" + labels.get("team") + "\"}",
                priority,
                3,
                Duration.ofSeconds(60),
                Duration.ofSeconds(3600),
                notBefore,
                null,
                "0".repeat(32),
                null,
                NOW);
    }
}
