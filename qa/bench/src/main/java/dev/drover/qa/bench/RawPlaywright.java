// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program that someone would write without Drover: each thread has its own Playwright and warm browser, and every job
 * is a new context, a page, a visit and a picture. Runs as a process of its own, so that its CPU and memory can be told.
 */
public final class RawPlaywright {

    /** As the server starts it, but for the proxy. */
    private static final List<String> FLAGS = List.of(
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-gpu");

    /** @param left how many jobs nobody has taken yet */
    private record Batch(
            AtomicInteger left,
            long pauseMillis,
            ConcurrentLinkedQueue<Double> millis,
            CountDownLatch finished,
            AtomicInteger failed) {}

    private final String url;
    private final Path chromium;
    private final List<BlockingQueue<Batch>> workers = new ArrayList<>();

    private RawPlaywright(String url, Path chromium) {
        this.url = url;
        this.chromium = chromium;
    }

    /** Arguments: threads, address of the page, Chromium. Then by lines: {@code jobs <count> <pause in ms>}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        RawPlaywright raw = new RawPlaywright(arguments[1], Path.of(arguments[2]));
        raw.start(Integer.parseInt(arguments[0]));
        System.out.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            System.out.println(raw.jobs(Integer.parseInt(words[1]), Long.parseLong(words[2])));
        }
        raw.stop();
    }

    private void start(int threads) throws InterruptedException {
        CountDownLatch warm = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(1);
            workers.add(batches);
            Thread.ofPlatform().name("raw-" + i).start(() -> work(batches, warm));
        }
        warm.await();
    }

    private String jobs(int count, long pauseMillis) throws InterruptedException {
        Batch batch = new Batch(
                new AtomicInteger(count),
                pauseMillis,
                new ConcurrentLinkedQueue<>(),
                new CountDownLatch(workers.size()),
                new AtomicInteger());
        long began = System.nanoTime();
        for (BlockingQueue<Batch> worker : workers) {
            worker.put(batch);
        }
        batch.finished().await();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (batch.failed().get() > 0) {
            return "failed " + batch.failed().get() + " jobs";
        }
        return seconds + " " + batch.millis().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private void stop() throws InterruptedException {
        for (BlockingQueue<Batch> worker : workers) {
            worker.put(new Batch(
                    new AtomicInteger(-1),
                    0,
                    new ConcurrentLinkedQueue<>(),
                    new CountDownLatch(1),
                    new AtomicInteger()));
        }
    }

    private void work(BlockingQueue<Batch> batches, CountDownLatch warm) {
        try (Playwright playwright = Playwright.create();
                Browser browser = playwright.chromium().launch(options(chromium))) {
            warm.countDown();
            for (Batch batch = next(batches); batch != null; batch = next(batches)) {
                try {
                    work(browser, batch);
                } catch (RuntimeException e) {
                    batch.failed().incrementAndGet();
                    System.err.println("A job of raw Playwright failed: " + e.getMessage());
                } finally {
                    batch.finished().countDown();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Batch next(BlockingQueue<Batch> batches) throws InterruptedException {
        Batch batch = batches.take();
        return batch.left().get() < 0 ? null : batch;
    }

    private void work(Browser browser, Batch batch) throws InterruptedException {
        while (batch.left().getAndDecrement() > 0) {
            if (batch.pauseMillis() > 0) {
                Thread.sleep(batch.pauseMillis());
            }
            long began = System.nanoTime();
            job(browser);
            batch.millis().add((System.nanoTime() - began) / 1e6);
        }
    }

    private void job(Browser browser) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(url);
            if (page.screenshot().length < 1000) {
                throw new IllegalStateException("the picture is empty");
            }
        }
    }

    /** To launch the server's browser without the server. */
    static BrowserType.LaunchOptions options(Path chromium, String... more) {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setHeadless(true)
                .setChromiumSandbox(!Machine.isRoot())
                .setArgs(Stream.concat(FLAGS.stream(), Stream.of(more)).toList());
    }
}
