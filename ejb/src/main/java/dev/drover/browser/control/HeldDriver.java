// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A driver that hosts the browsers of several sessions, and the one thread that speaks to it. That thread launches, opens
 * contexts, and listens now and then to what the driver tells, which would pile up otherwise; nothing else, so that one
 * session never waits for what another does in its pages.
 */
final class HeldDriver implements Runnable {

    private static final System.Logger LOG = System.getLogger(HeldDriver.class.getName());

    /** How often it listens. */
    private static final Duration BEAT = Duration.ofMillis(500);

    /** How long it stays without a browser, since the next session may come soon. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final BrowserLauncher launcher;
    private final String engine;
    private final Consumer<HeldDriver> gone;
    private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
    private final CompletableFuture<DriverProcess> started = new CompletableFuture<>();
    private volatile boolean ended;
    private int places;
    private long emptySince = System.nanoTime();

    /**
     * @param engine of all its browsers: one that takes seconds to launch must not keep others waiting
     * @param gone is told when the driver has ended
     */
    HeldDriver(BrowserLauncher launcher, String engine, Consumer<HeldDriver> gone) {
        this.launcher = launcher;
        this.engine = engine;
        this.gone = gone;
    }

    String engine() {
        return engine;
    }

    /** Takes a place for one more browser; false when there is none. */
    synchronized boolean enter(int most) {
        if (ended || places >= most) {
            return false;
        }
        places++;
        return true;
    }

    /** Gives a place back. */
    synchronized void leave() {
        places--;
        emptySince = System.nanoTime();
    }

    boolean isAlive() {
        return !ended
                && (!started.isDone()
                        || (!started.isCompletedExceptionally() && process().isAlive()));
    }

    /** The process, once it runs. */
    ProcessHandle process() {
        return started.join().process();
    }

    /**
     * Does something on the driver's thread and waits for it.
     *
     * @throws PlaywrightException when it fails, or takes too long
     */
    <T> T call(Duration limit, Function<DriverProcess, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Callable<T> command = () -> work.apply(started.join());
        commands.add(() -> {
            try {
                answer.complete(command.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        if (ended) {
            answer.completeExceptionally(new PlaywrightException("the driver has ended"));
        }
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PlaywrightException("the driver did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaywrightException("interrupted while the driver was asked", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause() instanceof CompletionException inner ? inner.getCause() : e.getCause();
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    @Override
    public void run() {
        try {
            started.complete(launcher.startDriver("sessions"));
            while (!isOver()) {
                Runnable command = commands.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (command == null) {
                    listen();
                } else {
                    command.run();
                }
            }
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            LOG.log(System.Logger.Level.DEBUG, "a driver of sessions ended", e);
        } catch (InterruptedException e) {
            // The server stops.
        } finally {
            end();
        }
    }

    /** Ends the driver, with its browsers. */
    void stop() {
        synchronized (this) {
            ended = true;
        }
        commands.add(() -> {}); // wakes the thread
    }

    private synchronized boolean isOver() {
        if (!ended && places == 0 && System.nanoTime() - emptySince > IDLE.toNanos()) {
            ended = true;
        }
        return ended || !process().isAlive();
    }

    /** Any question will do: the answer comes behind all that the driver had to tell. */
    private void listen() {
        started.join().playwright().request().newContext().dispose();
    }

    private void end() {
        synchronized (this) {
            ended = true;
        }
        gone.accept(this);
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run(); // Fails, which is what whoever waits is to be told.
        }
        if (!started.isCompletedExceptionally()) {
            launcher.abandon(started.join());
        }
    }
}
