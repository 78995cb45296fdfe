// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskCancelled;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs on one worker, and what ends them. Each test leaves the worker fit, which the next one shows. */
class PlaywrightPoolTest {

    /** On a busy machine too; whoever waits for the end of the work itself waits longer. */
    private static final Duration PROMPTLY = Duration.ofSeconds(8);

    private static PoolFixture fixture;
    private static LocalSite site;

    @BeforeAll
    static void open() {
        site = new LocalSite();
        site.page("/hang", "<title>Hang</title><script>setTimeout(() => { for (;;) {} }, 50)</script>");
        fixture = PoolFixture.open();
    }

    @AfterAll
    static void close() {
        fixture.close();
        site.close();
    }

    @Test
    void aRunGetsAPageAndItsValueComesBack() throws Exception {
        RunOutcome<String> outcome = fixture.titleOf(site.url("/"));

        assertThat(outcome).isEqualTo(new RunOutcome.Succeeded<>("Home", java.util.List.of()));
    }

    @Test
    void cookiesOfOneRunAreNotThereInTheNext() throws Exception {
        fixture.run(page -> {
            page.navigate(site.url("/"));
            return page.evaluate("document.cookie = 'a=1'; localStorage.a = 1");
        });

        RunOutcome<Object> next = fixture.run(page -> {
            page.navigate(site.url("/"));
            return page.evaluate("document.cookie + localStorage.length");
        });

        assertThat(value(next)).isEqualTo("0");
    }

    @Test
    void whatOneRunHasCachedAnotherLoadsAgain() throws Exception {
        String load = """
                async () => {
                  await (await caches.open('mine')).add('/kept');
                  return (await (await fetch('/kept')).text()) + (await caches.keys()).length;
                }""";
        site.on("/kept", exchange -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=3600");
            LocalSite.answer(exchange, 200, "text/plain", "kept");
        });
        for (int run = 1; run <= 2; run++) {
            RunOutcome<Object> outcome = fixture.run(page -> {
                page.navigate(site.url("/"));
                return page.evaluate(load);
            });

            assertThat(value(outcome)).isEqualTo("kept1");
            assertThat(site.asked()).filteredOn("/kept"::equals).hasSize(run);
        }
    }

    @Test
    void aPageThatHangsIsEndedWhenItsTimeIsOver() throws Exception {
        Instant start = Instant.now();
        RunOutcome<Object> outcome = fixture.pool
                .start("hang", BrowserOptions.DEFAULT, Duration.ofSeconds(1), page -> {
                    page.navigate(site.url("/hang"));
                    return page.evaluate("for (;;) {}");
                })
                .await();

        assertThat(failure(outcome).category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure(outcome).code()).isEqualTo("run_timeout");
        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMPTLY);
        assertFit();
    }

    @Test
    void aRunThatIsCancelledEndsAtOnceAndTheBrowserLivesOn() throws Exception {
        fixture.awaitIdle();
        long browser = fixture.worker().browserPid();
        CountDownLatch inside = new CountDownLatch(1);
        BrowserRun<Object> run = fixture.pool.start("cancel", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
            page.navigate(site.url("/"));
            inside.countDown();
            return page.evaluate("for (;;) {}");
        });
        inside.await(30, TimeUnit.SECONDS);

        Instant asked = Instant.now();
        run.cancel();

        assertThat(run.await()).isInstanceOf(RunOutcome.Cancelled.class);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(PROMPTLY);
        assertFit();
        assertThat(fixture.worker().browserPid()).isEqualTo(browser);
    }

    @Test
    void workThatSwallowsTheInterruptLosesItsBrowser() throws Exception {
        BrowserRun<Object> run =
                fixture.pool.start("stubborn", BrowserOptions.DEFAULT, Duration.ofMillis(500), page -> {
                    while (!page.isClosed() && page.context().browser().isConnected()) {
                        try {
                            page.waitForTimeout(10_000);
                        } catch (PlaywrightException ignored) {
                            // This is what a stubborn task does.
                        }
                    }
                    return "never";
                });

        assertThat(failure(run.await()).category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertFit();
    }

    @Test
    void workThatReactsToNothingIsGivenUpAndItsWorkerReplaced() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BrowserRun<Object> run = fixture.pool.start("deaf", BrowserOptions.DEFAULT, Duration.ofMillis(200), page -> {
            boolean over = false;
            while (!over) {
                try {
                    end.await();
                    over = true;
                } catch (InterruptedException ignored) {
                    // Deaf.
                }
            }
            return "late";
        });

        assertThat(failure(run.await()).category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertFit();
        end.countDown();
    }

    @Test
    void aRunThatStillWaitsIsCancelledWithoutAWorker() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        BrowserRun<Boolean> first = fixture.pool.start("first", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
            inside.countDown();
            return go.await(10, TimeUnit.SECONDS);
        });
        inside.await(30, TimeUnit.SECONDS);
        BrowserRun<String> second = fixture.pool.start("second", BrowserOptions.DEFAULT, PoolFixture.LONG, Page::title);

        second.cancel();

        assertThat(second.await()).isInstanceOf(RunOutcome.Cancelled.class);
        assertThat(fixture.pool.waiting()).isZero();
        go.countDown();
        assertThat(value(first.await())).isEqualTo(true);
    }

    @Test
    void aBrowserKilledInARunFailsTheRunAsACrashAtOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        BrowserRun<Object> run = fixture.pool.start("kill", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
            page.navigate(site.url("/"));
            inside.countDown();
            return page.evaluate("new Promise(() => {})");
        });
        inside.await(30, TimeUnit.SECONDS);
        Instant killed = Instant.now();
        kill(fixture.worker().browserPid());

        assertThat(failure(run.await()).category()).isEqualTo(ErrorCategory.CRASH);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(PROMPTLY);
        assertFit();
    }

    @Test
    void aDriverKilledInARunFailsTheRunAsACrashAtOnce() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        BrowserRun<Object> run = fixture.pool.start("kill", BrowserOptions.DEFAULT, PoolFixture.LONG, page -> {
            inside.countDown();
            Thread.sleep(10_000); // Not in a call to Playwright: only the watch can tell.
            return page.title();
        });
        inside.await(30, TimeUnit.SECONDS);
        Instant killed = Instant.now();
        kill(fixture.worker().driverPid());

        assertThat(failure(run.await()).category()).isEqualTo(ErrorCategory.CRASH);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(PROMPTLY);
        assertFit();
    }

    @Test
    void aBrowserThatDiesIdleIsReplacedBeforeTheNextRun() throws Exception {
        fixture.awaitIdle();
        kill(fixture.worker().browserPid());
        assertFit();

        fixture.awaitIdle();
        kill(fixture.worker().driverPid());
        assertFit();
    }

    @Test
    void whatATaskSaysOfItsFailurePassesAsItIs() throws Exception {
        TaskFailure mine = new TaskFailure(ErrorCategory.EXPECTATION, "not_so", "It is not so.");

        RunOutcome<Object> failed = fixture.run(page -> {
            throw mine;
        });
        RunOutcome<Object> cancelled = fixture.run(page -> {
            throw new TaskCancelled();
        });

        assertThat(failure(failed)).isSameAs(mine);
        assertThat(cancelled).isInstanceOf(RunOutcome.Cancelled.class);
    }

    private static void assertFit() throws InterruptedException {
        assertThat(value(fixture.titleOf(site.url("/")))).isEqualTo("Home");
    }

    static <T> T value(RunOutcome<T> outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Succeeded.class);
        return ((RunOutcome.Succeeded<T>) outcome).value();
    }

    static TaskFailure failure(RunOutcome<?> outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
        return ((RunOutcome.Failed<?>) outcome).failure();
    }

    static void kill(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }
}
