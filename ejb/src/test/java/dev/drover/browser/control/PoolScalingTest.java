// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.drover.system.control.egress.NameResolver;
import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Workers that come and go, and browsers that take too much, with real ones. */
class PoolScalingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aWorkerGoesWhenMemoryIsShortAndComesBackWhenRunsWait() throws Exception {
        AtomicReference<MachineLoad> machine = new AtomicReference<>(PoolFixture.IDLE);
        BrowserSettings settings = PoolFixture.settings(2, 1000);
        try (PoolFixture fixture = PoolFixture.open(settings, NameResolver.system(), machine::get)) {
            fixture.awaitIdle();
            List<Long> browsers = fixture.pool.workers().stream()
                    .map(WorkerStatus::browserPid)
                    .toList();
            assertThat(fixture.pool.size()).isEqualTo(2);
            assertThat(fixture.pool.least()).isEqualTo(1);
            assertThat(fixture.pool.most()).isEqualTo(2);

            machine.set(new MachineLoad(0.5, 0));

            Awaitility.await().atMost(SOON).until(() -> fixture.pool.workers().size() == 1);
            assertThat(fixture.pool.size()).isEqualTo(1);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> browsers.stream()
                                    .filter(pid -> ProcessHandle.of(pid).isPresent())
                                    .count()
                            == 1);
            assertThat(PlaywrightPoolTest.value(fixture.run(Page::title))).isEmpty();

            machine.set(PoolFixture.IDLE);
            CountDownLatch go = new CountDownLatch(1);
            List<BrowserRun<Boolean>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(fixture.pool.start(
                        "waits", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> go.await(60, TimeUnit.SECONDS)));
            }

            Awaitility.await().atMost(SOON).until(() -> fixture.pool.size() == 2 && fixture.pool.waiting() == 0);
            go.countDown();
            for (BrowserRun<Boolean> run : runs) {
                assertThat(PlaywrightPoolTest.value(run.await())).isTrue();
            }
        }
    }

    @Test
    void aBrowserThatTakesTwiceItsMemoryIsEndedWithItsRun() throws Exception {
        try (PoolFixture fixture = PoolFixture.open(PoolFixture.withMemoryLimit(160L << 20))) {
            RunOutcome<Integer> outcome = fixture.run(page -> hold(page, 600, 60_000));

            assertThat(PlaywrightPoolTest.failure(outcome).category()).isEqualTo(ErrorCategory.CRASH);
            assertThat(PlaywrightPoolTest.failure(outcome).code()).isEqualTo("browser_memory");
            assertThat(PlaywrightPoolTest.value(fixture.run(Page::title))).isEmpty();
        }
    }

    @Test
    void aBrowserThatTakesMoreThanItsMemoryIsReplacedAfterItsRun() throws Exception {
        try (PoolFixture fixture = PoolFixture.open(PoolFixture.withMemoryLimit(400L << 20))) {
            fixture.awaitIdle();
            long browser = fixture.worker().browserPid();

            RunOutcome<Integer> outcome = fixture.run(page -> hold(page, 400, 5_000));
            assertThat(PlaywrightPoolTest.value(outcome)).isEqualTo(400);

            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> fixture.worker().browserPid() > 0
                            && fixture.worker().browserPid() != browser);
            assertThat(fixture.pool.recycled()).isEqualTo(1);
        }
    }

    private static Integer hold(Page page, int megabytes, int milliseconds) {
        return (Integer) page.evaluate(
                "async ([megabytes, milliseconds]) => { window.held = [];"
                        + " for (let i = 0; i < megabytes; i++) held.push(new Uint8Array(1 << 20).fill(i + 1));"
                        + " await new Promise(go => setTimeout(go, milliseconds)); return held.length }",
                List.of(megabytes, milliseconds));
    }
}
