// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.RunOutcome;
import dev.drover.browser.control.StorageState;
import dev.drover.event.entity.EventType;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.JobWrite.Notice;
import dev.drover.job.entity.Lane;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import dev.drover.vault.control.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an attempt ends, above all when the server stops. */
@Timeout(30)
class JobRunnerTest {

    private static final String SIGNED_IN = "{\"captured_session\": \"shop\", \"recording\": {}}";

    @Test
    void anAttemptThatEndsIsSettledAndMeasured() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("done"));

        room.run(Lane.PLAIN, 1, 3);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(room.ended).containsExactly(JobStatus.SUCCEEDED);
    }

    @Test
    void aFailureThatMayPassIsFollowedByAnotherAttemptLater() {
        JobRoom room = new JobRoom(context -> {
            throw new TaskFailure(ErrorCategory.NETWORK, "refused", "The site refused.");
        });

        room.run(Lane.PLAIN, 1, 3);

        JobWrite.Settle settled = room.ledger.settled();
        assertThat(settled.status()).isEqualTo(JobStatus.RETRYING);
        assertThat(settled.dueAt()).isAfterOrEqualTo(settled.finishedAt());
        assertThat(settled.expiresAt()).isNull();
        assertThat(settled.notices()).extracting(Notice::type).containsExactly(EventType.STATUS_UPDATE);
        assertThat(room.dispatched).containsExactly(settled.dueAt());
    }

    @Test
    void aJobIsSignedInWithWhatItsNameStandsForWhenItBegins() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("nobody runs it"));
        room.options = SIGNED_IN;
        StorageState state = new StorageState("{}");
        room.vault.opening = new Opening.Opened(state);
        room.browsers.answer.complete(new RunOutcome.Succeeded<>(TextNode.valueOf("done"), List.of()));

        room.run(Lane.BROWSER, 1, 3);

        assertThat(room.vault.asked).containsExactly("alice shop");
        assertThat(room.browsers.signedInWith).isSameAs(state);
        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aJobWhoseCapturedSessionIsGoneFailsAtOnceAndForGood() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("nobody runs it"));
        room.options = SIGNED_IN;
        room.vault.opening = new Opening.Gone();

        room.run(Lane.BROWSER, 1, 3);

        JobWrite.Settle settled = room.ledger.settled();
        assertThat(settled.status()).isEqualTo(JobStatus.FAILED);
        assertThat(settled.error()).satisfies(error -> {
            assertThat(error.category()).isEqualTo("invalid_input");
            assertThat(error.code()).isEqualTo("captured_session_gone");
        });
        assertThat(room.browsers.asked).isNull();
        assertThat(room.dispatched).isEmpty();
    }

    @Test
    void aJobWhoseCapturedSessionDoesNotOpenSaysWhatTheOperatorHasToDo() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("nobody runs it"));
        room.options = SIGNED_IN;
        room.vault.opening = new Opening.Locked("Give the key back.");

        room.run(Lane.BROWSER, 1, 3);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.FAILED);
        assertThat(room.ledger.settled().error()).satisfies(error -> {
            assertThat(error.code()).isEqualTo("captured_session_locked");
            assertThat(error.message()).isEqualTo("Give the key back.");
        });
        assertThat(room.browsers.asked).isNull();
    }

    @Test
    void theLastFailureIsTheJobs() {
        JobRoom room = new JobRoom(context -> {
            throw new TaskFailure(ErrorCategory.NETWORK, "refused", "The site refused.");
        });

        room.run(Lane.PLAIN, 3, 3);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.FAILED);
        assertThat(room.dispatched).isEmpty();
    }

    @Test
    void anAttemptThatTheDatabaseGivesToAnotherNodeEndsWithoutAWord() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        JobRoom room = new JobRoom(endless(inside));
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        room.running.stopLost(() -> Map.of(room.jobId(), 1));
        assertThat(run).isNotDone();
        room.running.stopLost(() -> Map.of(room.jobId(), 2));
        run.get(10, TimeUnit.SECONDS);

        assertThat(room.ledger.writes()).allMatch(JobWrite.Take.class::isInstance);
        assertThat(room.ended).isEmpty();
    }

    @Test
    void theSitesGuardHearsHowEachVisitWent() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        TaskFailure failure = new TaskFailure(ErrorCategory.NETWORK, "refused", "The site refused.");
        room.browsers.answer.complete(new RunOutcome.Failed<>(failure, List.of()));

        room.run(Lane.BROWSER, 3, 3);

        assertThat(room.guard.visits).containsExactly("shop.example:8080 refused");
    }

    @Test
    void aSiteThatIsLeftAloneCostsTheJobNoAttempt() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        Instant later = Instant.now().plusSeconds(30);
        room.guard.closedUntil = later;

        room.run(Lane.BROWSER, 3, 3);

        JobWrite.Park park = room.ledger.parked();
        assertThat(park.dueAt()).isEqualTo(later);
        assertThat(park.error().code()).isEqualTo("breaker_open");
        assertThat(park.error().recovery()).isEqualTo("wait_for_breaker");
        assertThat(room.dispatched).containsExactly(later);
        assertThat(room.ended).isEmpty();
    }

    @Test
    void aSiteThatIsLeftAloneIsGoneAroundByAnotherSource() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        room.guard.closedUntil = Instant.now().plusSeconds(30);
        room.guard.open = "mirror.example:8443";
        room.fallbacks.onClosedSite = JobFallback.source("https://mirror.example:8443", "breaker_open");
        room.browsers.answer.complete(new RunOutcome.Succeeded<>(TextNode.valueOf("there"), List.of()));

        room.run(Lane.BROWSER, 1, 3);

        JobWrite.Settle settled = room.ledger.settled();
        assertThat(settled.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(settled.fallback()).isEqualTo(room.fallbacks.onClosedSite);
        assertThat(room.guard.visits).containsExactly("mirror.example:8443 succeeded");
        assertThat(room.fallbacks.heard)
                .containsExactly("source succeeded", "result \"there\" of " + settled.finishedAt());
    }

    @Test
    void anEarlierResultIsBetterThanWaitingForASiteThatFailed() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        room.guard.closedUntil = Instant.now().plusSeconds(30);
        JobFallback stale = JobFallback.stale(room.jobId(), Instant.now(), "breaker_open");
        room.fallbacks.instead = new Fallbacks.Substitute("{\"old\":true}", stale);

        room.run(Lane.BROWSER, 1, 3);

        JobWrite.Settle settled = room.ledger.settled();
        assertThat(settled.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(settled.result()).isEqualTo("{\"old\":true}");
        assertThat(settled.fallback()).isEqualTo(stale);
        assertThat(settled.notices().getLast().data()).contains("\"fallback\":\"stale\"");
        assertThat(room.fallbacks.heard).containsExactly("stale succeeded");
    }

    @Test
    void theNextAttemptGoesTheOtherWayAtOnce() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        TaskFailure failure = new TaskFailure(ErrorCategory.CRASH, "page_crashed", "The page crashed.");
        room.browsers.answer.complete(new RunOutcome.Failed<>(failure, List.of()));
        room.fallbacks.onRetry = JobFallback.engine("firefox", "page_crashed");

        room.run(Lane.BROWSER, 2, 3);

        JobWrite.Settle settled = room.ledger.settled();
        assertThat(settled.status()).isEqualTo(JobStatus.RETRYING);
        assertThat(settled.fallback()).isEqualTo(room.fallbacks.onRetry);
        assertThat(settled.dueAt()).isBeforeOrEqualTo(settled.finishedAt());
    }

    @Test
    void anAttemptThatBeginsTakesTheEngineThatIsThere() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("unused"));
        room.fallbacks.onStart = JobFallback.engine("firefox", "engine_unavailable");
        room.browsers.answer.complete(new RunOutcome.Succeeded<>(TextNode.valueOf("there"), List.of()));

        room.run(Lane.BROWSER, 1, 3);

        assertThat(room.browsers.asked).extracting(BrowserOptions::engine).isEqualTo("firefox");
        assertThat(room.ledger.settled().browserType()).isEqualTo("firefox");
    }

    @Test
    void whatWasFoundBeforeTheLastFailureMayBeTheResult() {
        JobRoom room = new JobRoom(context -> {
            context.found(TextNode.valueOf("half"));
            throw new TaskFailure(ErrorCategory.MISSING_SELECTOR, "element_not_found", "It is not there.");
        });
        room.fallbacks.instead = new Fallbacks.Substitute("\"half\"", JobFallback.reduced("element_not_found"));

        room.run(Lane.PLAIN, 1, 3);

        assertThat(room.fallbacks.soFar).isEqualTo(TextNode.valueOf("half"));
        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(room.ledger.settled().error()).isNull();
    }

    @Test
    void aUserWhoHasAllThatOneMayHaveWaitsForOneToEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JobRoom room = new JobRoom(
                context -> {
                    inside.countDown();
                    go.await();
                    return TextNode.valueOf("done");
                },
                1);
        CompletableFuture<Void> first = room.runBeside(Lane.PLAIN, 1, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        room.run(Lane.PLAIN, 1, 3);
        assertThat(room.ledger.parked().error().code()).isEqualTo("user_busy");

        go.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aJobThatOutlivesAStopGoesBackToTheQueueWithAllItsAttempts() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        JobRoom room = new JobRoom(endless(inside));
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 3, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        new ServerStop(room.running, room.settings).endWithin(Duration.ofMillis(10));
        run.get(10, TimeUnit.SECONDS);

        JobWrite.HandBack back = room.ledger.handedBack();
        assertThat(back.free()).isTrue();
        assertThat(back.error().code()).isEqualTo("server_stopped");
        assertThat(back.notice().type()).isEqualTo(EventType.STATUS_UPDATE);
        assertThat(room.ended).isEmpty();
    }

    @Test
    void aJobThatEndsInTimeIsNotHandedBack() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        JobRoom room = new JobRoom(context -> {
            inside.countDown();
            go.await();
            return TextNode.valueOf("done");
        });
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> stop = CompletableFuture.runAsync(
                () -> new ServerStop(room.running, room.settings).endWithin(Duration.ofSeconds(1)));
        go.countDown();
        run.get(10, TimeUnit.SECONDS);
        stop.get(10, TimeUnit.SECONDS);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(room.ledger.writes()).noneMatch(JobWrite.HandBack.class::isInstance);
    }

    @Test
    void whatTheInterruptMakesOfATaskIsNotItsFailure() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        JobRoom room = new JobRoom(context -> {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new TaskFailure(ErrorCategory.INTERNAL, "upset", "It was interrupted.");
            }
            return TextNode.valueOf("never");
        });
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        room.running.handBack();
        run.get(10, TimeUnit.SECONDS);

        assertThat(room.ledger.handedBack().free()).isTrue();
    }

    @Test
    void aJobThatBeginsAfterTheStopIsHandedBackBeforeItsTaskGetsAnywhere() {
        JobRoom room = new JobRoom(context -> {
            context.checkCancelled();
            return TextNode.valueOf("done");
        });
        room.running.handBack();

        room.run(Lane.PLAIN, 1, 3);

        assertThat(room.ledger.handedBack().free()).isTrue();
    }

    @Test
    void aRunOfABrowserPoolThatClosesIsHandedBack() {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("not run"));
        room.browsers.answer.complete(new RunOutcome.Stopped<>(List.of()));

        room.run(Lane.BROWSER, 1, 3);

        assertThat(room.ledger.handedBack().free()).isFalse();
        assertThat(room.ledger.writes()).noneMatch(JobWrite.Settle.class::isInstance);
    }

    @Test
    void aListenerThatIsInterruptedHandsItsBrowserJobBackAndCancelsTheRun() throws Exception {
        JobRoom room = new JobRoom(context -> TextNode.valueOf("not run"));
        Thread listener = new Thread(() -> room.run(Lane.BROWSER, 1, 3));
        listener.start();
        Awaitility.await().until(() -> room.browsers.waiting() == 1);

        listener.interrupt();
        listener.join(10_000);

        assertThat(room.ledger.handedBack().error().category()).isEqualTo("lost_worker");
        assertThat(room.browsers.cancelled).isTrue();
    }

    @Test
    void aTaskThatInterruptsItselfDoesNotComeAgainForEver() {
        JobRoom room = new JobRoom(context -> {
            throw new InterruptedException("of its own");
        });

        room.run(Lane.PLAIN, 3, 3);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aCancelledJobIsCancelledEvenWhenTheServerStops() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        JobRoom room = new JobRoom(endless(inside));
        CompletableFuture<Void> run = room.runBeside(Lane.PLAIN, 1, 3);
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

        room.running.cancel(room.jobId(), true);
        room.running.handBack();
        run.get(10, TimeUnit.SECONDS);

        assertThat(room.ledger.settled().status()).isEqualTo(JobStatus.CANCELLED);
    }

    /** Says that it has begun, and ends only when it is interrupted. */
    private static JobRoom.Body endless(CountDownLatch inside) {
        return context -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return TextNode.valueOf("never");
        };
    }
}
