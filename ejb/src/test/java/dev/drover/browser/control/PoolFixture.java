// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.drover.system.control.egress.AddressRange;
import dev.drover.system.control.egress.NameResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A pool with real browsers in a data folder of its own. */
final class PoolFixture implements AutoCloseable {

    /** A machine with room for more. */
    static final MachineLoad IDLE = new MachineLoad(0, 64L << 30);

    static final Duration LONG = Duration.ofSeconds(60);

    final Path data;
    final PlaywrightPool pool;

    private PoolFixture(Path data, BrowserSettings settings, NameResolver resolver, Supplier<MachineLoad> machine) {
        this.data = data;
        this.pool = new PlaywrightPool(
                settings, data, runnable -> new Thread(runnable), resolver, machine, Clock.systemUTC());
        pool.open();
    }

    static PoolFixture open() {
        return open(settings(1, 1000));
    }

    static PoolFixture open(BrowserSettings settings) {
        return open(settings, NameResolver.system());
    }

    static PoolFixture open(BrowserSettings settings, NameResolver resolver) {
        return open(settings, resolver, () -> IDLE);
    }

    static PoolFixture open(BrowserSettings settings, NameResolver resolver, Supplier<MachineLoad> machine) {
        assumeTrue(settings.executables().chromiumHeadless() != null, "no Chromium on this machine");
        assumeTrue(settings.executables().node() != null, "no Node.js on this machine");
        try {
            DriverFiles.provide(Path.of("target/playwright")); // Once for all, not in each data folder.
            Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "pool-");
            return new PoolFixture(data, settings, resolver, machine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BrowserSettings settings(int workers, int recycleRuns) {
        return settings(workers, recycleRuns, List.of("127.0.0.0/8"));
    }

    static BrowserSettings settings(int workers, int recycleRuns, List<String> egressAllow) {
        // Without Firefox, whose probe would keep a core busy beside each test.
        return settings(workers, recycleRuns, egressAllow, List.of(BrowserKind.CHROMIUM, BrowserKind.WEBKIT));
    }

    static BrowserSettings settings(int workers, int recycleRuns, List<String> egressAllow, List<String> engines) {
        return settings(workers, recycleRuns, egressAllow, engines, 4L << 30, Identity.OWN);
    }

    /** One worker, whose browsers say so who they are. */
    static BrowserSettings withIdentity(Identity identity) {
        return settings(1, 1000, List.of("127.0.0.0/8"), List.of(BrowserKind.CHROMIUM), 4L << 30, identity);
    }

    /** One worker, whose browser may take so much. */
    static BrowserSettings withMemoryLimit(long bytes) {
        return settings(1, 1000, List.of("127.0.0.0/8"), List.of(BrowserKind.CHROMIUM), bytes, Identity.OWN);
    }

    private static BrowserSettings settings(
            int workers,
            int recycleRuns,
            List<String> egressAllow,
            List<String> engines,
            long memoryLimit,
            Identity identity) {
        return new BrowserSettings(
                workers,
                1,
                Executables.find(engines, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                true,
                !MachineCapacity.ofThisMachine().runsAsRoot(),
                true,
                recycleRuns,
                memoryLimit,
                Duration.ofMillis(500),
                Duration.ofSeconds(60),
                20 << 20,
                BrowserOptions.Keep.ON_FAILURE,
                identity,
                100 << 20,
                egressAllow.stream().map(AddressRange::parse).toList());
    }

    <T> RunOutcome<T> run(BrowserWork<T> work) throws InterruptedException {
        return run(BrowserOptions.DEFAULT, work);
    }

    <T> RunOutcome<T> run(BrowserOptions options, BrowserWork<T> work) throws InterruptedException {
        return pool.start("test", options, LONG, work).await();
    }

    /** The title of a page, which a fit worker can tell. */
    RunOutcome<String> titleOf(String url) throws InterruptedException {
        return run(page -> title(page, url));
    }

    static String title(Page page, String url) {
        page.navigate(url);
        return page.title();
    }

    WorkerStatus worker() {
        return pool.workers().getFirst();
    }

    void awaitIdle() {
        Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> pool.workers().stream()
                .allMatch(worker -> worker.state() == WorkerStatus.State.IDLE));
    }

    @Override
    public void close() {
        pool.close();
        BrowserFolders.delete(data);
    }
}
