// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Sends the same request over several kept connections, each as soon as it has the last answer. */
final class Load {

    static final int CLIENTS = 8;

    /** What a client does before and with each answer. */
    interface Step {
        void once(HttpConnection connection) throws IOException, InterruptedException;
    }

    private Load() {}

    /**
     * Runs until the time is over, and returns how much was counted in each second.
     *
     * @param counted what grows while it runs
     */
    static List<Double> perSecond(DroverServer server, int clients, int seconds, Step step, Counted counted)
            throws InterruptedException, ExecutionException {
        AtomicLong steps = new AtomicLong();
        LongSupplier count = counted == Counted.STEPS ? steps::get : counted::get;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Double> each = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (threads) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Callable<Void> client = () -> {
                    try (HttpConnection connection = server.connect()) {
                        while (System.nanoTime() < end) {
                            step.once(connection);
                            steps.incrementAndGet();
                        }
                    }
                    return null;
                };
                running.add(threads.submit(client));
            }
            long last = count.getAsLong();
            long since = System.nanoTime();
            while (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(900) < end) {
                Thread.sleep(Math.min(1_000, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
                long now = count.getAsLong();
                long time = System.nanoTime();
                each.add((now - last) / ((time - since) / 1e9));
                last = now;
                since = time;
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        return each;
    }

    /** A number that grows. */
    interface Counted {
        Counted STEPS = () -> 0;

        long get();
    }
}
