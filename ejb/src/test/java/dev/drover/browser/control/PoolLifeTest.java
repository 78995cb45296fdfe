// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From start to end of a pool, and what it leaves: nothing. */
class PoolLifeTest {

    @Test
    void runsGoOnSideBySideAndTheOthersWaitInTheirOrder() throws Exception {
        try (LocalSite site = new LocalSite();
                PoolFixture fixture = PoolFixture.open(PoolFixture.settings(2, 1000))) {
            CountDownLatch bothInside = new CountDownLatch(2);
            List<BrowserRun<Boolean>> pair = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                pair.add(fixture.pool.start("pair", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
                    page.navigate(site.url("/"));
                    bothInside.countDown();
                    return bothInside.await(30, TimeUnit.SECONDS);
                }));
            }
            List<String> order = java.util.Collections.synchronizedList(new ArrayList<>());
            List<BrowserRun<Boolean>> line = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String label = "run " + i;
                line.add(fixture.pool.start(label, BrowserOptions.DEFAULT, PoolFixture.LONG, page -> order.add(label)));
            }

            for (BrowserRun<Boolean> run : pair) {
                assertThat(PlaywrightPoolTest.value(run.await())).isEqualTo(true);
            }
            for (BrowserRun<Boolean> run : line) {
                run.await();
            }
            assertThat(order).hasSize(6);
            assertThat(order.getFirst()).isIn("run 0", "run 1");
            assertThat(order.getLast()).isIn("run 4", "run 5");
            assertThat(fixture.pool.workers()).extracting(WorkerStatus::id).containsExactly(1, 2);
            assertThat(fixture.worker().memoryBytes()).isGreaterThan(100L << 20);
        }
    }

    @Test
    void aWorkerGetsANewBrowserAfterItsRuns() throws Exception {
        try (LocalSite site = new LocalSite();
                PoolFixture fixture = PoolFixture.open(PoolFixture.settings(1, 3))) {
            fixture.titleOf(site.url("/"));
            long first = fixture.worker().browserPid();
            fixture.titleOf(site.url("/"));
            fixture.titleOf(site.url("/"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> fixture.worker().browserPid() != first
                            && fixture.worker().browserPid() != 0);
            assertThat(fixture.worker().runs()).isZero();
            assertThat(fixture.pool.recycled()).isEqualTo(1);
            assertThat(ProcessHandle.of(first)).isEmpty();
            assertThat(PlaywrightPoolTest.value(fixture.titleOf(site.url("/")))).isEqualTo("Home");
        }
    }

    @Test
    void aPoolThatClosesEndsItsRunsAsStoppedAndLeavesNothing() throws Exception {
        PoolFixture fixture = PoolFixture.open();
        CountDownLatch inside = new CountDownLatch(1);
        BrowserRun<Object> going = fixture.pool.start("going", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
            inside.countDown();
            return page.evaluate("new Promise(() => {})");
        });
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        BrowserRun<String> waiting =
                fixture.pool.start("waiting", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> page.title());
        long driver = fixture.worker().driverPid();
        long browser = fixture.worker().browserPid();

        Instant start = Instant.now();
        fixture.pool.close();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
        assertThat(going.await()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(waiting.await()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(ProcessHandle.of(driver).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(ProcessHandle.of(browser).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(fixture.data.resolve("tmp/browser")).doesNotExist();
        assertThat(filesIn(fixture.data.resolve("node/processes"))).isEmpty();
        fixture.close();
    }

    @Test
    void whatAKilledServerHasLeftIsEndedAndNobodyElse(@TempDir Path data) throws Exception {
        BrowserFolders folders = new BrowserFolders(data);
        ProcessLedger ofKilledServer = new ProcessLedger(folders.processes());
        Process orphan = new ProcessBuilder("sh", "-c", "sleep 60 & wait").start();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Awaitility.await().until(() -> orphan.descendants().findAny().isPresent());
            ProcessHandle child = orphan.descendants().findFirst().orElseThrow();
            ofKilledServer.record(orphan.toHandle());
            // The pid of a process that ended, taken by another one since.
            Files.writeString(folders.processes().resolve(Long.toString(stranger.pid())), "2001-01-01T00:00:00Z");
            Path leftover = Files.writeString(folders.ofDriver("worker-1").resolve("profile"), "x");

            int ended = new ProcessLedger(folders.processes()).reap();
            folders.removeTemporary();

            assertThat(ended).isEqualTo(2);
            assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().until(() -> !child.isAlive());
            assertThat(stranger.isAlive()).isTrue();
            assertThat(leftover).doesNotExist();
            assertThat(filesIn(folders.processes())).isEmpty();
        } finally {
            orphan.destroyForcibly();
            stranger.destroyForcibly();
        }
    }

    @Test
    void aBrowserThatCannotBeLaunchedIsUnavailableWithItsReason() throws Exception {
        BrowserSettings usual = PoolFixture.settings(1, 1000);
        Executables found = usual.executables();
        BrowserSettings broken = new BrowserSettings(
                1,
                1,
                new Executables(found.engines(), Path.of("/bin/false"), null, null, found.node(), found.ffmpeg()),
                true,
                usual.sandbox(),
                true,
                1000,
                usual.memoryLimit(),
                usual.cancelGrace(),
                usual.launchTimeout(),
                usual.maxPageBytes(),
                usual.record(),
                usual.identity(),
                usual.recordingBytes(),
                List.of());
        try (PoolFixture fixture = PoolFixture.open(broken)) {
            RunOutcome<String> outcome = fixture.run(page -> page.title());

            assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.ENGINE_UNAVAILABLE);
            EngineStatus chromium = fixture.pool.engines().getFirst();
            assertThat(chromium.availability()).isEqualTo(EngineStatus.Availability.UNAVAILABLE);
            assertThat(Objects.requireNonNull(chromium.reason())).isNotBlank();
            Awaitility.await().until(() -> fixture.worker().state() != WorkerStatus.State.IDLE);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
