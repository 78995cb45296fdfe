// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.live.LivePage;
import dev.drover.job.entity.HumanStep;
import dev.drover.job.entity.HumanStepQueries;
import dev.drover.job.entity.HumanStepState;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.system.control.Json;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.HumanAnswer;
import dev.drover.task.control.HumanRequest;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the attempts of this node wait for people. Nothing is open in the database meanwhile: the question is a row, and
 * its answer comes from this node at once, or from the row when another node took it.
 */
@ApplicationScoped
public class HumanDesk {

    /** The code of the failure with which an attempt ends that found no place to wait. */
    static final String NO_PLACE = "no_place_to_wait";

    /** How soon an attempt may come again that found no place. */
    static final Duration COME_AGAIN = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Map<UUID, Waiting> waiting = new ConcurrentHashMap<>();
    private Semaphore placesWithBrowser;
    private Semaphore plainPlaces;

    private JobLedger ledger;
    private HumanStepQueries steps;
    private HumanLinks links;
    private JobMeters meters;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected HumanDesk() {}

    @Inject
    public HumanDesk(
            JobLedger ledger,
            HumanStepQueries steps,
            HumanLinks links,
            BrowserPool browsers,
            HumanSettings settings,
            JobSettings jobs,
            JobMeters meters,
            Clock clock) {
        this.ledger = ledger;
        this.steps = steps;
        this.links = links;
        this.meters = meters;
        this.clock = clock;
        this.placesWithBrowser = new Semaphore(settings.mostWaiting().orElse(Math.max(1, browsers.most() - 1)));
        this.plainPlaces = new Semaphore(Math.max(1, jobs.plainConcurrency() - 1));
    }

    /** Whether an attempt of this lane would find no place to wait. */
    boolean isFull(Lane lane) {
        return places(lane).availablePermits() < 1;
    }

    private Semaphore places(Lane lane) {
        return lane == Lane.BROWSER ? placesWithBrowser : plainPlaces;
    }

    /** How many attempts of this node wait for people. */
    public int size() {
        return waiting.size();
    }

    /** Asks for an attempt, on its thread. */
    HumanAnswer ask(RunningAttempt attempt, HumanRequest request, BooleanSupplier wentOn) throws InterruptedException {
        Semaphore places = places(attempt.job().lane());
        if (!places.tryAcquire()) {
            attempt.turnAway();
            throw new TaskFailure(
                    ErrorCategory.TIMEOUT,
                    NO_PLACE,
                    "Too many jobs of this server wait for people. It tries again soon.");
        }
        try {
            return askAndWait(attempt, request, wentOn);
        } finally {
            places.release();
        }
    }

    private HumanAnswer askAndWait(RunningAttempt attempt, HumanRequest request, BooleanSupplier wentOn)
            throws InterruptedException {
        Instant now = clock.instant();
        Duration within = attempt.remaining().compareTo(request.within()) < 0 ? attempt.remaining() : request.within();
        HumanStep step = new HumanStep(
                NewJob.nextId(),
                attempt.job().id(),
                attempt.job().attempt(),
                request.kind().wireName(),
                request.prompt(),
                Json.write(request.choices()),
                now,
                now.plus(within));
        Waiting one = new Waiting(request.kind() == HumanRequest.Kind.TAKE_OVER ? new LivePage(attempt.page()) : null);
        waiting.put(step.id(), one);
        try {
            attempt.ask(step, links.address(step));
            HumanStepState end = await(attempt, one, step.deadline(), wentOn);
            HumanAnswer answer = goOn(attempt, one, step, end);
            meters.asked(step.kind(), answer, Duration.between(now, clock.instant()));
            return answer;
        } finally {
            waiting.remove(step.id());
            one.close();
        }
    }

    private HumanStepState await(RunningAttempt attempt, Waiting one, Instant deadline, BooleanSupplier wentOn)
            throws InterruptedException {
        while (true) {
            attempt.checkCancelled();
            attempt.lookAtCodes();
            one.tend();
            if (one.isAnswered()) {
                return HumanStepState.ANSWERED;
            }
            if (wentOn.getAsBoolean()) {
                return HumanStepState.WENT_ON;
            }
            if (!clock.instant().isBefore(deadline)) {
                return HumanStepState.EXPIRED;
            }
            if (!attempt.letPageLive(LOOK, one::isStirring)) {
                one.await(LOOK);
            }
        }
    }

    /** An answer that was taken while the wait ended otherwise stands: whoever gave it was told so. */
    private HumanAnswer goOn(RunningAttempt attempt, Waiting one, HumanStep step, HumanStepState end) {
        if (!ledger.writeAndWait(attempt.goOn(step, end))) {
            attempt.lose();
            throw new TaskCancelled();
        }
        String answer = one.answer();
        if (answer == null && end != HumanStepState.ANSWERED) {
            answer = steps.find(step.id()).map(HumanStep::answer).orElse(null);
        }
        if (answer != null) {
            return new HumanAnswer.Given(Json.read(answer));
        }
        return end == HumanStepState.WENT_ON ? new HumanAnswer.WentOn() : new HumanAnswer.TooLate();
    }

    /** Whether a question is open on this node. */
    boolean isOpen(UUID step) {
        return waiting.containsKey(step);
    }

    /** The page that a person may use to answer; nothing when the question is not open on this node, or another one. */
    public Optional<LivePage> page(UUID step) {
        return Optional.ofNullable(waiting.get(step)).flatMap(Waiting::page);
    }

    /** An answer was taken: whoever waits for it here goes on at once. */
    void answered(UUID step, String answer) {
        Waiting one = waiting.get(step);
        if (one != null) {
            one.answer(answer);
        }
    }

    /** Looks for answers that other nodes took. */
    void look() {
        List<UUID> open = List.copyOf(waiting.keySet());
        if (!open.isEmpty()) {
            steps.answered(open).forEach(step -> answered(step.id(), String.valueOf(step.answer())));
        }
    }

    /** One who waits. */
    private static final class Waiting {
        private final CountDownLatch given = new CountDownLatch(1);
        private final @Nullable LivePage page;
        private volatile @Nullable String answer;

        Waiting(@Nullable LivePage page) {
            this.page = page;
        }

        Optional<LivePage> page() {
            return Optional.ofNullable(page);
        }

        void tend() {
            if (page != null) {
                page.tend();
            }
        }

        boolean isStirring() {
            return isAnswered() || (page != null && page.isStirring());
        }

        void close() {
            if (page != null) {
                page.close();
            }
        }

        void answer(String json) {
            answer = json;
            given.countDown();
        }

        boolean isAnswered() {
            return answer != null;
        }

        void await(Duration atMost) throws InterruptedException {
            boolean unused = given.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Nullable
        String answer() {
            return answer;
        }
    }
}
