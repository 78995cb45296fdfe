// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many short jobs while something is killed every few seconds. Not among the daily tests, since it takes minutes:
 * {@code ./drover soak} runs it and writes what came of it into {@code docs/reference/reliability.md}.
 */
@Tag("soak")
class SoakTest {

    private static final int JOBS = Integer.getInteger("drover.soak.jobs", 2_000);
    private static final int PAGES = JOBS / 20;
    private static final int SERVER_KILLS = Math.max(1, JOBS / 500);

    /** Between two submissions: so it takes long enough for some dozens of kills. */
    private static final Duration PACE = Duration.ofMillis(150);

    private static final long SEED = Long.getLong("drover.soak.seed", 20_261_122L);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What is done to the server, and how often in a hundred. */
    private enum Fault {
        BROWSER("`kill -9` of the browser", 40),
        DRIVER("`kill -9` of the browser's driver", 25),
        PAUSE("SIGSTOP of the server for 1 to 8 s, with leases of 5 s", 20),
        SERVER("`kill -9` of the server, then `./drover up`", 15);

        private final String what;
        private final int share;

        Fault(String what, int share) {
            this.what = what;
            this.share = share;
        }

        static Fault any(Random random) {
            int number = random.nextInt(100);
            for (Fault fault : values()) {
                number -= fault.share;
                if (number < 0) {
                    return fault;
                }
            }
            return BROWSER;
        }
    }

    private final Random random = new Random(SEED);
    private final Map<Fault, List<Double>> recoveries = new EnumMap<>(Fault.class);

    @Test
    void noJobIsLostWhateverIsKilled() throws Exception {
        try (SampleSites sites = SampleSites.start(0);
                DroverServer server = DroverServer.start(
                        "soak",
                        Map.of(
                                "DROVER_JOBS_LEASE_SECONDS",
                                "5",
                                "DROVER_JOBS_RETRY_BASE_SECONDS",
                                "0.3",
                                "DROVER_JOBS_MAX_ATTEMPTS",
                                "50"))) {
            Api api = server.api();
            long began = System.nanoTime();
            CompletableFuture<List<String>> submission =
                    CompletableFuture.supplyAsync(() -> submitAll(api, sites), Thread::startVirtualThread);

            while (!submission.isDone() || active(api) > 0) {
                Thread.sleep(1_500 + random.nextInt(3_000));
                inject(server, api, sites);
            }

            List<String> ids = submission.join();
            Map<String, Integer> ends = new TreeMap<>();
            int again = 0;
            for (String id : ids) {
                JsonNode job = Aftermath.endedOnce(api, id);
                ends.merge(job.path("status").asText(), 1, Integer::sum);
                again += job.path("attempt").asInt() > 1 ? 1 : 0;
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(ends).isEqualTo(Map.of("succeeded", JOBS));
            assertThat(ids).doesNotHaveDuplicates();
            Aftermath.assertAtRest(server);
            Aftermath.assertDownLeavesNothing(server);
            write(again, seconds);
        }
    }

    /** Every job is submitted under a key of its own until it is accepted, as a careful client does. */
    private static List<String> submitAll(Api api, SampleSites sites) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            LockSupport.parkNanos(PACE.toNanos());
            String job = i % (JOBS / PAGES) == 0
                    ? "{task: 'screenshot', params: {url: '%s'}}".formatted(sites.url("/article"))
                    : "{task: 'noop', params: {sleep_ms: %d, payload: %d}}".formatted(i % 40, i);
            ids.add(submit(api, job, UUID.randomUUID().toString()));
        }
        return ids;
    }

    private static String submit(Api api, String job, String key) {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(
                        () -> {
                            Reply reply = api.post("/jobs", job, "Idempotency-Key", key);
                            return reply.status() == 202
                                    ? reply.json().path("id").asText()
                                    : "";
                        },
                        id -> !id.isEmpty());
    }

    private static long active(Api api) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> api.get("/jobs?status=active&limit=200")
                                .json()
                                .path("items")
                                .size(),
                        size -> size >= 0);
    }

    private void inject(DroverServer server, Api api, SampleSites sites) throws Exception {
        Fault fault = Fault.any(random);
        if (fault == Fault.SERVER && recoveries.getOrDefault(fault, List.of()).size() >= SERVER_KILLS) {
            fault = Fault.BROWSER;
        }
        switch (fault) {
            case BROWSER -> kill(api, "browser_pid");
            case DRIVER -> kill(api, "driver_pid");
            case PAUSE -> {
                server.signal("STOP");
                Thread.sleep(1_000 + random.nextInt(7_000));
                server.signal("CONT");
            }
            case SERVER -> server.kill();
        }
        long began = System.nanoTime();
        if (fault == Fault.SERVER) {
            server.up();
        }
        // The way is open again when a new job of the kind that was hit comes through before all others.
        String probe = fault == Fault.BROWSER || fault == Fault.DRIVER
                ? "{task: 'screenshot', priority: 'urgent', params: {url: '%s'}}".formatted(sites.url("/blank"))
                : "{task: 'noop', priority: 'urgent'}";
        String id = submit(api, probe, UUID.randomUUID().toString());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> api.job(id).path("status").asText().equals("succeeded"));
        recoveries.computeIfAbsent(fault, any -> new ArrayList<>()).add((System.nanoTime() - began) / 1e9);
    }

    private static void kill(Api api, String field) {
        long pid = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> api.get("/status/browser-sessions")
                                .json()
                                .path("items")
                                .path(0)
                                .path(field)
                                .asLong(),
                        number -> number > 0);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void write(int again, double seconds) {
        StringBuilder page = new StringBuilder("""
                <!-- Written by ./drover soak. -->
                # Reliability

                %d short jobs (%d noop, %d screenshots), submitted one after the other by a client that repeats each request \
                under its `Idempotency-Key` until it is accepted, on the embedded stores with one browser, while something is \
                killed every few seconds. Repeat it: `./drover soak`; `-Ddrover.soak.seed=N` for other moments.

                | what was done | how often | jobs lost | time to recover, median | at most |
                |---|---|---|---|---|
                """.formatted(JOBS, JOBS - PAGES, PAGES));
        recoveries.forEach((fault, times) -> {
            List<Double> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | 0 | %.1f s | %.1f s |%n",
                    fault.what,
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.getLast()));
        });
        page.append(String.format(Locale.ROOT, """

                All %d jobs succeeded, each with one `job_completed` and events numbered without a gap; %d needed more than \
                one attempt. It took %.0f s, and nothing that the server had started ran on after `./drover down`. Time to \
                recover is until a new urgent job came through: a screenshot after the browser or its driver was killed, else \
                a no-op; after a kill of the server it contains the start.
                """, JOBS, again, seconds));
        try {
            Files.writeString(Path.of("../../docs/reference/reliability.md"), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
