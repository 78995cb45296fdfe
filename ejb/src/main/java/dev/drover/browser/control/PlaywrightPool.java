// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.egress.EgressProxy;
import dev.drover.system.control.egress.AddressFilter;
import dev.drover.system.control.egress.NameResolver;
import dev.drover.task.control.TaskFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers that each own a thread, a driver and a browser, and a watch over them. Nothing starts before {@link #open}, and
 * nothing is left after {@link #close}.
 */
final class PlaywrightPool implements BrowserPool, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PlaywrightPool.class.getName());

    /** How often the watch looks at deadlines and processes: some microseconds of work each time. */
    private static final Duration TICK = Duration.ofMillis(200);

    /** How often the number of workers is thought over. */
    private static final Duration BETWEEN_SIGHTS = Duration.ofSeconds(1);

    /** How often the memory of browsers is looked at, which costs milliseconds of the watch. */
    private static final Duration BETWEEN_WEIGHINGS = Duration.ofSeconds(2);

    private static final String PROBE = "browser-probe";

    private final BrowserSettings settings;
    private final ThreadFactory threads;
    private final BrowserFolders folders;
    private final ProcessLedger ledger;
    private final EngineCatalog engines;
    private final BrowserLauncher launcher;
    private final AddressFilter filter;
    private final NameResolver resolver;
    private final RunQueue queue = new RunQueue();
    private final Turnstile turnstile;
    private final Scaling.Limits limits;
    private final Supplier<MachineLoad> machine;
    private final LongAdder recycled = new LongAdder();
    private final AtomicReferenceArray<BrowserWorker> workers;
    private final Function<Integer, BrowserWorker> newWorker;
    private volatile boolean closing;
    private final List<Thread> started = new ArrayList<>();

    /**
     * @param data the server's data folder, which no other running server uses
     * @param threads platform threads for the workers and their watch
     * @param resolver of the names that pages ask for
     * @param machine how busy it is
     */
    PlaywrightPool(
            BrowserSettings settings,
            Path data,
            ThreadFactory threads,
            NameResolver resolver,
            Supplier<MachineLoad> machine,
            Clock clock) {
        this.settings = settings;
        this.threads = threads;
        this.folders = new BrowserFolders(data);
        this.ledger = new ProcessLedger(folders.processes());
        this.engines = new EngineCatalog(settings.executables(), System.getenv("DISPLAY"), clock);
        this.workers = new AtomicReferenceArray<>(settings.workers());
        this.turnstile = new Turnstile(settings.workers());
        this.limits = new Scaling.Limits(
                settings.leastWorkers(),
                settings.workers(),
                Runtime.getRuntime().availableProcessors(),
                Math.min(MachineCapacity.BROWSER, settings.memoryLimit()));
        this.machine = machine;
        this.launcher = new BrowserLauncher(settings, ledger, folders, clock);
        this.resolver = resolver;
        this.filter = new AddressFilter(settings.egressAllow());
        this.newWorker = id -> new BrowserWorker(
                id,
                settings,
                launcher,
                folders,
                engines,
                queue,
                newProxy(),
                this::replace,
                this::gone,
                recycled::increment);
    }

    /** Ends what an earlier server of the same data folder has left, then lets the workers launch, and does not wait. */
    void open() {
        int orphans = ledger.reap();
        if (orphans > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DROVER2001 ended {0} browser processes of an earlier server",
                    orphans);
        }
        folders.removeTemporary();
        for (int i = 0; i < workers.length(); i++) {
            workers.set(i, newWorker.apply(i + 1));
        }
        start("browser-watch", this::watch);
        present().forEach(worker -> start("browser-" + worker.id(), worker));
    }

    /** Browsers for sessions, with the ways out, the folders and the knowledge of this pool. */
    BoundBrowsers held(HeldSettings held, VncSettings vnc) {
        VncDisplays displays = new VncDisplays(vnc, VncTools.find(vnc.tools()), ledger, new XSockets(Path.of("/tmp")));
        displays.sweep();
        return new BoundBrowsers(settings, held, launcher, engines, this::newProxy, machine, threads, displays);
    }

    @Override
    public <T> BrowserRun<T> start(
            String label, BrowserOptions options, @Nullable StorageState state, Duration timeout, BrowserWork<T> work) {
        BrowserOptions complete = options.headlessUnlessSaid(settings.headless());
        RunTicket<T> ticket = new RunTicket<>(label, complete, state, timeout, work, queue::withdraw);
        TaskFailure refusal = ticket.objection();
        if (refusal == null) {
            refusal = engines.refusal(complete);
        }
        if (refusal != null) {
            ticket.fail(refusal, List.of());
        } else if (!queue.add(ticket)) {
            ticket.end(Verdict.SERVER_STOPS, List.of());
        }
        return ticket;
    }

    @Override
    public Place enter() throws InterruptedException {
        return turnstile.enter();
    }

    @Override
    public int size() {
        return (int) present().stream().filter(worker -> !worker.isRetiring()).count();
    }

    @Override
    public int least() {
        return limits.least();
    }

    @Override
    public int most() {
        return limits.most();
    }

    @Override
    public int waiting() {
        return queue.size() + turnstile.waiting();
    }

    @Override
    public long recycled() {
        return recycled.sum();
    }

    @Override
    public List<EngineStatus> engines() {
        return engines.statuses();
    }

    @Override
    public List<WorkerStatus> workers() {
        return present().stream().map(BrowserWorker::status).toList();
    }

    /** Ends what runs and waits as stopped, to be done again, and ends all processes and threads; takes some seconds at most. */
    @Override
    public void close() {
        closing = true;
        queue.close();
        turnstile.close();
        present().forEach(BrowserWorker::stop);
        snapshot().stream().filter(thread -> thread.getName().equals(PROBE)).forEach(Thread::interrupt);
        long deadline = System.nanoTime()
                + settings.cancelGrace().multipliedBy(4).plusSeconds(5).toNanos();
        for (Thread thread : snapshot()) {
            join(thread, deadline);
        }
        present().forEach(BrowserWorker::killDriver); // Of workers that could not be brought to an end.
        folders.removeTemporary();
    }

    /** Puts a new worker into the place of one whose thread reacts to nothing. */
    private void replace(BrowserWorker lost) {
        LOG.log(
                System.Logger.Level.ERROR,
                "DROVER2002 browser worker {0} reacts to nothing and has been replaced; its thread hangs in a task",
                lost.id());
        BrowserWorker next = newWorker.apply(lost.id());
        if (!closing && workers.compareAndSet(lost.id() - 1, lost, next)) {
            start("browser-" + lost.id(), next);
        }
    }

    /** A worker that was not needed any more has ended. */
    private void gone(BrowserWorker worker) {
        if (worker.isRetiring() && !closing) {
            workers.compareAndSet(worker.id() - 1, worker, null);
        }
    }

    private List<BrowserWorker> present() {
        List<BrowserWorker> present = new ArrayList<>();
        for (int i = 0; i < workers.length(); i++) {
            BrowserWorker worker = workers.get(i);
            if (worker != null) {
                present.add(worker);
            }
        }
        return present;
    }

    private void watch() {
        boolean probed = false;
        Rhythm sights = new Rhythm(BETWEEN_SIGHTS);
        Rhythm weighings = new Rhythm(BETWEEN_WEIGHINGS);
        Scaling scaling = Scaling.beginningWith(workers.length());
        while (!closing || anyAlive()) {
            if (!probed && !closing && allAtRest()) {
                probed = true;
                start(PROBE, this::probe);
            }
            present().forEach(worker -> guarded(worker, BrowserWorker::tick));
            if (!closing && weighings.isDue()) {
                present().forEach(worker -> guarded(worker, BrowserWorker::weigh));
            }
            if (!closing && sights.isDue()) {
                scaling = scaled(scaling);
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return; // The server ends; close() sees to the rest.
            }
        }
    }

    private Scaling scaled(Scaling before) {
        try {
            Scaling now = before.next(sight(), limits, BETWEEN_SIGHTS);
            resize(now.size());
            return now;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "DROVER2018 the number of browser workers cannot be thought over", e);
            return before;
        }
    }

    private Scaling.Sight sight() {
        int busy = (int) present().stream().filter(BrowserWorker::isBusy).count();
        Duration inQueue = queue.longestWait();
        Duration atTurnstile = turnstile.longestWait();
        Duration longest = inQueue.compareTo(atTurnstile) > 0 ? inQueue : atTurnstile;
        return new Scaling.Sight(busy + waiting(), longest, machine.get());
    }

    /** Brings the number of workers nearer to what it is to be, by one worker at a time. */
    private void resize(int wanted) {
        List<BrowserWorker> active =
                present().stream().filter(worker -> !worker.isRetiring()).toList();
        if (wanted < active.size()) {
            active.reversed().stream()
                    .filter(worker -> !worker.isBusy())
                    .findFirst()
                    .orElse(active.getLast())
                    .retire();
        } else if (wanted == active.size() || !grow()) {
            return;
        }
        turnstile.resize(size());
        LOG.log(
                System.Logger.Level.INFO,
                "DROVER2017 from {0} to {1} browser workers, with {2} runs waiting",
                active.size(),
                size(),
                waiting());
    }

    /** False while a worker that ends still has the last free place. */
    private boolean grow() {
        for (int i = 0; i < workers.length(); i++) {
            if (workers.get(i) == null) {
                BrowserWorker next = newWorker.apply(i + 1);
                workers.set(i, next);
                start("browser-" + next.id(), next);
                return true;
            }
        }
        return false;
    }

    private static void guarded(BrowserWorker worker, Consumer<BrowserWorker> look) {
        try {
            look.accept(worker);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "DROVER2013 the watch over worker " + worker.id() + " failed", e);
        }
    }

    /** The engines that no worker launches by itself; once the workers are ready, since a launch takes a whole core. */
    private void probe() {
        BrowserKind firefox = new BrowserKind(BrowserKind.FIREFOX, true);
        if (engines.refusalOf(firefox) == null) {
            new EngineProbe(firefox, launcher, engines, this::newProxy).run();
        }
    }

    private boolean allAtRest() {
        return workers().stream().allMatch(worker -> worker.state() == WorkerStatus.State.IDLE);
    }

    private EgressProxy newProxy() {
        return EgressProxy.open(filter, resolver);
    }

    private boolean anyAlive() {
        return snapshot().stream().anyMatch(thread -> thread != Thread.currentThread() && thread.isAlive());
    }

    private void start(String name, Runnable body) {
        Thread thread = threads.newThread(body);
        thread.setName(name);
        synchronized (started) {
            started.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
            started.add(thread);
        }
        thread.start();
    }

    private List<Thread> snapshot() {
        synchronized (started) {
            return List.copyOf(started);
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
