// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.egress.AddressFilter;
import dev.drover.browser.control.egress.EgressProxy;
import dev.drover.browser.control.egress.NameResolver;
import dev.drover.task.control.TaskFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Workers that each own a thread, a driver and a browser, and a watch over them. Nothing starts before {@link #open}, and
 * nothing is left after {@link #close}.
 */
final class PlaywrightPool implements BrowserPool, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PlaywrightPool.class.getName());

    /** How often the watch looks at deadlines and processes: some microseconds of work each time. */
    private static final Duration TICK = Duration.ofMillis(200);

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
    private final LongAdder recycled = new LongAdder();
    private final AtomicReferenceArray<BrowserWorker> workers;
    private final Function<Integer, BrowserWorker> newWorker;
    private volatile boolean closing;
    private final List<Thread> started = new ArrayList<>();

    /**
     * @param data the server's data folder, which no other running server uses
     * @param threads platform threads for the workers and their watch
     * @param resolver of the names that pages ask for
     */
    PlaywrightPool(BrowserSettings settings, Path data, ThreadFactory threads, NameResolver resolver, Clock clock) {
        this.settings = settings;
        this.threads = threads;
        this.folders = new BrowserFolders(data);
        this.ledger = new ProcessLedger(folders.processes());
        this.engines = new EngineCatalog(settings.executables(), System.getenv("DISPLAY"), clock);
        this.workers = new AtomicReferenceArray<>(settings.workers());
        this.launcher = new BrowserLauncher(settings, ledger, folders, clock);
        this.resolver = resolver;
        this.filter = new AddressFilter(settings.egressAllow());
        this.newWorker = id -> new BrowserWorker(
                id, settings, launcher, folders, engines, queue, newProxy(), this::replace, recycled::increment);
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
        for (int i = 0; i < workers.length(); i++) {
            BrowserWorker worker = workers.get(i);
            start("browser-" + worker.id(), worker);
        }
    }

    @Override
    public <T> BrowserRun<T> start(String label, BrowserOptions options, Duration timeout, BrowserWork<T> work) {
        BrowserOptions complete = options.headlessUnlessSaid(settings.headless());
        RunTicket<T> ticket = new RunTicket<>(label, complete, timeout, work, queue::withdraw);
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
    public int size() {
        return workers.length();
    }

    @Override
    public int waiting() {
        return queue.size();
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
        List<WorkerStatus> all = new ArrayList<>();
        for (int i = 0; i < workers.length(); i++) {
            all.add(workers.get(i).status());
        }
        return all;
    }

    /** Ends what runs and waits as stopped, to be done again, and ends all processes and threads; takes some seconds at most. */
    @Override
    public void close() {
        closing = true;
        queue.close();
        for (int i = 0; i < workers.length(); i++) {
            workers.get(i).stop();
        }
        snapshot().stream().filter(thread -> thread.getName().equals(PROBE)).forEach(Thread::interrupt);
        long deadline = System.nanoTime()
                + settings.cancelGrace().multipliedBy(4).plusSeconds(5).toNanos();
        for (Thread thread : snapshot()) {
            join(thread, deadline);
        }
        for (int i = 0; i < workers.length(); i++) {
            workers.get(i)
                    .killDriver(); // Of a worker that could not be brought to an end; else nothing is left to kill.
        }
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

    private void watch() {
        boolean probed = false;
        while (!closing || anyAlive()) {
            if (!probed && !closing && allAtRest()) {
                probed = true;
                start(PROBE, this::probe);
            }
            for (int i = 0; i < workers.length(); i++) {
                tick(workers.get(i));
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return; // The server ends; close() sees to the rest.
            }
        }
    }

    private static void tick(BrowserWorker worker) {
        try {
            worker.tick();
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
