// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether anything grows with the number of jobs. */
final class SoakRow implements Row {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private record Snapshot(int processes, int files, int threads, double heap, double pss) {}

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String method() {
        return "Processes, open files, threads and memory of the server, the driver and the browser, and the server's live"
                + " heap (after a full collection), at rest after 50 screenshots and after 500.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        stage.stopServer();
        DroverServer server = stage.server(DroverServer.Setup.workers(1));
        int jobs = stage.options().times(500, 100);
        run(stage, server, 50);
        Snapshot early = snapshot(stage, server);
        run(stage, server, jobs - 50);
        Snapshot late = snapshot(stage, server);
        return List.of(Figure.of(
                        "%d jobs, one worker: after 50 → after %d".formatted(jobs, jobs),
                        "processes %d → %d, files %d → %d, threads %d → %d, heap %s → %s MB"
                                .formatted(
                                        early.processes(),
                                        late.processes(),
                                        early.files(),
                                        late.files(),
                                        early.threads(),
                                        late.threads(),
                                        Spread.number(early.heap()),
                                        Spread.number(late.heap())),
                        "the same")
                .note(String.format(Locale.ROOT, "Memory (PSS) %.0f → %.0f MB.", early.pss(), late.pss())));
    }

    private static void run(Stage stage, DroverServer server, int jobs) throws IOException {
        byte[] submission = server.submission(stage.screenshotJob());
        try (EventSocket events = server.listen("/ws/events?types=job_completed");
                HttpConnection connection = server.connect()) {
            for (int i = 0; i < jobs; i++) {
                events.awaitEnd(connection.submit(submission));
            }
        }
    }

    private static Snapshot snapshot(Stage stage, DroverServer server) throws Exception {
        Thread.sleep(3_000);
        long pid = server.javaPid();
        Profile.jcmd(stage.machine(), pid, "GC.run");
        String heap = Profile.jcmd(stage.machine(), pid, "GC.heap_info");
        ProcessTree tree = server.processes();
        return new Snapshot(
                tree.processes(), tree.openFiles(), tree.threads(), usedMegabytes(heap), tree.pssMegabytes());
    }

    /** Adds up the generations, or takes the whole where the collector has none. */
    private static double usedMegabytes(String heapInfo) {
        return heapInfo.lines()
                        .filter(line -> line.contains(" total "))
                        .map(USED::matcher)
                        .filter(Matcher::find)
                        .mapToLong(used -> Long.parseLong(used.group(1)))
                        .sum()
                / 1024.0;
    }
}
