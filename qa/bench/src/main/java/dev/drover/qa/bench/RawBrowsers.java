// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Raw Playwright for Java in a process of its own, ready to run jobs. */
final class RawBrowsers implements AutoCloseable {

    /**
     * What a number of jobs took.
     *
     * @param seconds all of them
     * @param millis each of them
     */
    record Jobs(double seconds, List<Double> millis) {}

    private final ChildJvm jvm;
    private final int threads;

    RawBrowsers(Machine machine, int threads, String url) throws IOException {
        this.threads = threads;
        this.jvm = new ChildJvm(
                machine,
                List.of("-XX:+UseSerialGC", "-Xmx256m", "-Dplaywright.cli.dir=" + machine.playwrightDriver()),
                Map.of("PLAYWRIGHT_NODEJS_PATH", machine.node().toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
                RawPlaywright.class,
                Integer.toString(threads),
                url,
                machine.chromium().toString());
        jvm.answer();
    }

    int threads() {
        return threads;
    }

    /** @param pauseMillis before each job, not counted */
    Jobs run(int count, long pauseMillis) throws IOException {
        List<Double> numbers = Arrays.stream(
                        jvm.ask("jobs " + count + " " + pauseMillis).split(" ", -1))
                .map(Double::valueOf)
                .toList();
        return new Jobs(numbers.getFirst(), numbers.subList(1, numbers.size()));
    }

    ProcessTree processes() {
        return ProcessTree.of(jvm.pid());
    }

    @Override
    public void close() {
        jvm.close();
    }
}
