// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.PlaywrightException;
import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.browser.control.egress.EgressProxy;
import dev.drover.browser.control.egress.Traffic;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread with its own driver, its own warm browser, and a context that no run has used yet. Everything of Playwright
 * belongs to that thread; other threads end stretches of its time ({@link Stretch}), and look at the volatile fields.
 *
 * <p>A run's outcome is handed over first; the used context is closed and the next one opened after that.
 */
final class BrowserWorker implements Runnable, Stretch.Means {

    private static final System.Logger LOG = System.getLogger(BrowserWorker.class.getName());

    private static final Duration RECORDING_LIMIT = Duration.ofSeconds(20);

    private static final Duration LAST_LOOK_LIMIT = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final int id;
    private final BrowserSettings settings;
    private final BrowserLauncher launcher;
    private final BrowserFolders folders;
    private final EngineCatalog engines;
    private final RunQueue queue;
    private final RunQueue.Seat seat;
    private final Consumer<BrowserWorker> replacer;
    private final Consumer<BrowserWorker> gone;
    private final Runnable recycled;
    private final EgressProxy egress;
    private final BrowserKind usual;

    private volatile State state = State.STARTING;
    private volatile @Nullable LiveBrowser live;
    private volatile @Nullable Stretch stretch;
    private volatile @Nullable RunTicket<?> running;
    private volatile boolean stopping;
    private volatile boolean retiring;
    private volatile boolean heavy;
    private volatile boolean givenUp;
    private final AtomicInteger runs = new AtomicInteger();
    private volatile long retryAt;

    // Of the watch alone:
    private int weighedAt;

    // Of the owning thread alone:
    private @Nullable OpenContext ready;
    private int opened;
    private Duration pause = Duration.ofSeconds(1);

    /**
     * @param egress the way out for this worker's browsers; closed with the worker
     * @param replacer puts another worker into the place of this one
     * @param gone is told when the worker has ended
     * @param recycled is told of each browser that was replaced for its runs or its size
     */
    BrowserWorker(
            int id,
            BrowserSettings settings,
            BrowserLauncher launcher,
            BrowserFolders folders,
            EngineCatalog engines,
            RunQueue queue,
            EgressProxy egress,
            Consumer<BrowserWorker> replacer,
            Consumer<BrowserWorker> gone,
            Runnable recycled) {
        this.id = id;
        this.settings = settings;
        this.launcher = launcher;
        this.folders = folders;
        this.engines = engines;
        this.queue = queue;
        this.seat = queue.newSeat();
        this.egress = egress;
        this.replacer = replacer;
        this.gone = gone;
        this.recycled = recycled;
        this.usual = new BrowserKind(BrowserKind.CHROMIUM, settings.headless());
    }

    int id() {
        return id;
    }

    WorkerStatus status() {
        LiveBrowser now = live;
        RunTicket<?> run = running;
        return new WorkerStatus(
                id,
                now == null ? null : now.kind().engine(),
                now == null ? null : now.version(),
                state,
                run == null ? null : run.label(),
                runs.get(),
                now == null ? 0 : now.browserPid(),
                now == null ? 0 : now.driverPid(),
                now == null ? null : now.launchedAt());
    }

    @Override
    public void run() {
        try {
            tend();
            while (!stopping && !givenUp && !retiring) {
                serveNext();
            }
        } catch (InterruptedException e) {
            // Nobody but the container's shutdown interrupts a worker that rests.
        } finally {
            discard();
            egress.close();
            gone.accept(this);
        }
    }

    private void serveNext() throws InterruptedException {
        try {
            LiveBrowser now = live;
            RunTicket<?> ticket = seat.take(now == null ? null : now.kind());
            if (ticket != null) {
                serve(ticket);
            }
            tend();
        } catch (RuntimeException | Error e) {
            // Whatever it is, it must not cost the node one of its workers.
            LOG.log(System.Logger.Level.ERROR, "DROVER2012 browser worker " + id + " starts anew", e);
            discard();
            retryAt = System.nanoTime() + pause.toNanos();
        }
    }

    /** Ends the worker once it has nothing to run. */
    void retire() {
        retiring = true;
        seat.poke();
    }

    boolean isRetiring() {
        return retiring;
    }

    boolean isBusy() {
        return running != null;
    }

    /**
     * Sees how much memory the browser takes: above the limit it is replaced once it has nothing to run, and above twice
     * the limit the run ends, since the next to be ended for want of memory would be the server. Takes some milliseconds.
     */
    void weigh() {
        LiveBrowser browser = live;
        Stretch now = stretch;
        boolean busy = state == State.BUSY;
        if (browser == null || (!busy && runs.get() == weighedAt)) {
            return;
        }
        weighedAt = runs.get();
        long bytes = ProcessMemory.ofTree(browser.browserPid());
        heavy = bytes > settings.memoryLimit();
        if (busy && now != null && bytes > 2 * settings.memoryLimit()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DROVER2016 the browser of worker {0} takes {1} MB and is ended with its run",
                    id,
                    bytes >> 20);
            now.abort(BrowserFailures.tooHeavy(2 * settings.memoryLimit()));
            browser.killBrowser();
        } else if (heavy) {
            seat.poke();
        }
    }

    /** Ends the worker; what it runs is stopped. */
    void stop() {
        stopping = true;
        Stretch now = stretch;
        if (now != null) {
            now.abort(Verdict.SERVER_STOPS);
        }
        seat.poke();
    }

    /** The watch looks by. */
    void tick() {
        Stretch now = stretch;
        if (now != null) {
            now.tick();
        }
        LiveBrowser browser = live;
        boolean dead = browser != null && !browser.alive();
        if (dead && now != null && state == State.BUSY) {
            now.abort(BrowserFailures.BROWSER_DIED);
        } else if (dead || (retryAt != 0 && System.nanoTime() - retryAt >= 0)) {
            seat.poke();
        }
    }

    @Override
    public void killBrowser() {
        LiveBrowser now = live;
        if (now != null) {
            now.killBrowser();
        }
    }

    @Override
    public void killDriver() {
        LiveBrowser now = live;
        if (now != null) {
            now.killDriver();
        }
    }

    @Override
    public void giveUp(Verdict verdict) {
        givenUp = true;
        RunTicket<?> run = running;
        if (run != null) {
            run.end(verdict, List.of());
        }
        replacer.accept(this);
    }

    private <T> void serve(RunTicket<T> ticket) {
        running = ticket;
        try {
            LiveBrowser browser = browserFor(ticket);
            if (browser != null) {
                perform(ticket, browser);
            }
        } finally {
            running = null;
            if (!ticket.ended()) {
                ticket.fail(BrowserFailures.workerDefect(), List.of());
            }
        }
    }

    /** A browser that lives and is of the kind that the run asks for; null when there is none and the run has ended. */
    private @Nullable LiveBrowser browserFor(RunTicket<?> ticket) {
        LiveBrowser now = live;
        if (now != null && now.usable() && now.kind().equals(ticket.kind())) {
            return now;
        }
        discard();
        return launch(ticket.kind(), ticket);
    }

    private <T> void perform(RunTicket<T> ticket, LiveBrowser browser) {
        state = State.BUSY;
        Stretch work = beginUnlessStopping(ticket.timeout(), Verdict.timedOut(ticket.timeout()), ticket);
        Traffic traffic = new Traffic(
                ticket.upstream(),
                settings.maxPageBytes(),
                () -> work.abort(BrowserFailures.tooLarge(settings.maxPageBytes())));
        egress.begin(traffic);
        OpenContext context = null;
        T value = null;
        Throwable problem = null;
        try {
            work.checkNotAborted();
            context = contextFor(ticket, browser);
            context.endRunWith(work::abort);
            value = ticket.work().run(context.page());
        } catch (Throwable e) {
            problem = e;
        }
        Verdict verdict = work.end();
        runs.incrementAndGet();
        state = State.RECYCLING;
        if (verdict == null && problem != null) {
            verdict = BrowserFailures.verdict(problem, browser, context, traffic);
        } else if (verdict != null) {
            verdict = BrowserFailures.explained(verdict, context, traffic);
        }
        List<RunOutcome.Recorded> recorded = recorded(ticket, context, browser, verdict);
        if (verdict != null) {
            ticket.end(verdict, recorded);
        } else {
            succeed(ticket, value, recorded);
        }
        egress.end();
        if (context != null && !context.isRecorded() && browser.usable()) {
            close(context);
        }
    }

    /** What is kept of the run; one that failed or is recorded ends a little later for it. */
    private List<RunOutcome.Recorded> recorded(
            RunTicket<?> ticket, @Nullable OpenContext context, LiveBrowser browser, @Nullable Verdict verdict) {
        if (context == null) {
            return List.of();
        }
        List<RunOutcome.Recorded> kept = new ArrayList<>();
        if (RecordingPlan.isKept(planOf(ticket).log(), verdict instanceof Verdict.Failed)) {
            if (browser.usable() && !BrowserFailures.isCrash(verdict)) {
                Stretch looking = begin(LAST_LOOK_LIMIT, BrowserFailures.BROWSER_DIED, null);
                context.lookAtPages();
                looking.end();
            }
            kept.addAll(context.log());
        }
        if (context.isRecorded()) {
            kept.addAll(recording(context, browser, verdict != null));
        }
        return kept;
    }

    /** What was recorded of the run, which is complete once its context is closed. */
    private List<RunOutcome.Recorded> recording(OpenContext context, LiveBrowser browser, boolean failed) {
        if (!browser.usable()) {
            return context.salvage(failed);
        }
        Stretch finishing = begin(RECORDING_LIMIT, BrowserFailures.BROWSER_DIED, null);
        List<RunOutcome.Recorded> recorded = context.finish(failed);
        if (finishing.end() != null) {
            discard();
        }
        return recorded;
    }

    private RecordingPlan planOf(RunTicket<?> ticket) {
        return RecordingPlan.of(ticket.options().recording(), settings.record());
    }

    @SuppressWarnings("NullAway") // The work of a run may return null where its type says so.
    private static <T> void succeed(RunTicket<T> ticket, @Nullable T value, List<RunOutcome.Recorded> recorded) {
        ticket.succeed(value, recorded);
    }

    private OpenContext contextFor(RunTicket<?> ticket, LiveBrowser browser) {
        OpenContext fresh = ready;
        RecordingPlan plan = planOf(ticket);
        if (fresh != null && ticket.state() == null && ContextRecipe.isUsual(ticket.options(), plan)) {
            ready = null;
            fresh.listen(plan);
            fresh.limitWaits(ticket.timeout());
            return fresh;
        }
        OpenContext made = OpenContext.open(
                browser, complete(ticket.options()), ticket.state(), plan, settings.recordingBytes(), folders);
        made.limitWaits(ticket.timeout());
        return made;
    }

    /** Workers begin at different places of the list, so that runs at the same time differ too. */
    private BrowserOptions complete(BrowserOptions options) {
        return settings.identity().complete(options, id + opened++);
    }

    private void close(OpenContext context) {
        Stretch tidying = begin(settings.cancelGrace().plusSeconds(3), BrowserFailures.BROWSER_DIED, null);
        boolean closed = false;
        try {
            context.close();
            closed = true;
        } catch (PlaywrightException e) {
            LOG.log(System.Logger.Level.DEBUG, "a context could not be closed", e);
        }
        if (tidying.end() != null || !closed) {
            discard();
        }
    }

    /** Brings the worker into the state in which it waits for its next run: a live browser with an unused context. */
    private void tend() {
        LiveBrowser browser = live;
        if (givenUp || stopping || retiring) {
            return;
        }
        if (browser != null && browser.usable() && dueForReplacement()) {
            recycled.run();
            discard();
            browser = null;
        } else if (browser != null && !browser.usable()) {
            discard();
            browser = null;
        }
        if (browser == null && (settings.prewarm() || runs.get() > 0) && mayLaunch()) {
            browser = launch(usual, null);
        }
        if (browser != null && ready == null) {
            openReady(browser);
        }
        state = live != null || retryAt == 0 ? State.IDLE : State.BROKEN;
    }

    private boolean mayLaunch() {
        return retryAt == 0 || System.nanoTime() - retryAt >= 0;
    }

    private void openReady(LiveBrowser browser) {
        Stretch opening = beginUnlessStopping(settings.launchTimeout(), BrowserFailures.BROWSER_DIED, null);
        try {
            BrowserOptions usual = ContextRecipe.USUAL;
            RecordingPlan plan = RecordingPlan.of(usual.recording(), settings.record());
            ready = OpenContext.open(browser, complete(usual), null, plan, settings.recordingBytes(), folders);
        } catch (PlaywrightException e) {
            LOG.log(
                    stopping ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "DROVER2003 no new context in browser worker " + id,
                    e);
        }
        if (opening.end() != null || ready == null) {
            discard();
        }
    }

    private boolean dueForReplacement() {
        int since = runs.get();
        int most = settings.recycleRuns() + (id - 1) * settings.recycleRuns() / 8; // Not all workers at the same time.
        if (since >= 2 * most || (heavy && since > 0)) {
            return true; // It never came to rest, or must not go on.
        }
        return since >= most && queue.size() == 0;
    }

    private @Nullable LiveBrowser launch(BrowserKind kind, @Nullable RunTicket<?> ticket) {
        state = State.STARTING;
        Stretch launching = beginUnlessStopping(
                settings.launchTimeout().plusSeconds(5),
                Verdict.crashed("launch_timeout", "The browser did not start in time."),
                ticket);
        LiveBrowser launched = null;
        String problem = "it did not start in time";
        try {
            launched = launcher.launch("worker-" + id, kind, egress.port());
        } catch (RuntimeException e) {
            problem = BrowserFailures.ofLaunch(e);
            LOG.log(
                    stopping ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "DROVER2004 browser worker {0} cannot launch {1}: {2}",
                    id,
                    kind,
                    problem);
            LOG.log(System.Logger.Level.DEBUG, "all that the driver says of it", e);
        }
        live = launched;
        Verdict verdict = launching.end();
        if (launched != null) {
            runs.set(0);
            heavy = false;
            retryAt = 0;
            pause = Duration.ofSeconds(1);
            engines.launched(kind, launched.version());
        }
        if (verdict != null && (stopping || verdict instanceof Verdict.Cancelled)) {
            if (ticket != null) {
                ticket.end(verdict, List.of());
            }
            return null;
        }
        if (launched != null) {
            return launched;
        }
        TaskFailure failure = engines.failed(kind, problem);
        queue.failAll(kind, failure);
        if (ticket != null) {
            ticket.fail(failure, List.of());
        }
        retryAt = settings.prewarm() ? System.nanoTime() + pause.toNanos() : 0;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        return null;
    }

    private Stretch begin(Duration limit, Verdict atDeadline, @Nullable RunTicket<?> ticket) {
        // Who waits for the end of a run is to be answered soon; launching and tidying are slow on a busy machine.
        Duration grace = state == State.BUSY
                ? settings.cancelGrace()
                : settings.cancelGrace().plus(PATIENCE);
        Stretch next = new Stretch(Thread.currentThread(), this, limit, grace, atDeadline);
        stretch = next;
        if (ticket != null) {
            ticket.enter(next);
        }
        return next;
    }

    /** A stretch that has no point any more once the worker is to stop. */
    private Stretch beginUnlessStopping(Duration limit, Verdict atDeadline, @Nullable RunTicket<?> ticket) {
        Stretch next = begin(limit, atDeadline, ticket);
        if (stopping) {
            next.abort(Verdict.SERVER_STOPS);
        }
        return next;
    }

    /** Ends driver and browser, whatever state they are in. */
    private void discard() {
        LiveBrowser old = live;
        ready = null;
        if (old == null) {
            return;
        }
        state = State.RECYCLING;
        Stretch ending = begin(settings.cancelGrace().plusSeconds(3), BrowserFailures.BROWSER_DIED, null);
        try {
            old.close();
        } finally {
            live = null;
            ending.end();
        }
    }
}
