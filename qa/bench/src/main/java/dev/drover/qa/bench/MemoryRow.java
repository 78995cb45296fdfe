// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What all processes need while nothing happens. */
final class MemoryRow implements Row {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String method() {
        return "Sum of the proportional set sizes (`smaps_rollup`) of the server, the driver and the browser, after five"
                + " jobs and a rest. Raw: the same of the program with one browser.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(1));
        try (EventSocket events = server.listen("/ws/events?types=job_completed");
                HttpConnection connection = server.connect()) {
            for (int i = 0; i < 5; i++) {
                events.awaitEnd(connection.submit(server.submission(stage.screenshotJob())));
            }
        }
        RawBrowsers raw = stage.raw(1);
        raw.run(5, 0);
        Thread.sleep(stage.options().times(15_000, 5_000));
        ProcessTree drover = server.processes();
        ProcessTree other = raw.processes();
        double megabytes = drover.pssMegabytes();
        return List.of(new Figure(
                "idle memory of everything, one worker",
                Spread.number(megabytes) + " MB",
                Spread.number(other.pssMegabytes()) + " MB",
                Spread.number(megabytes / other.pssMegabytes()) + "×",
                "under 600 MB PSS",
                List.of("By program: " + text(drover.pssByProgram()) + ". Raw: " + text(other.pssByProgram()) + ".")));
    }

    private static String text(Map<String, Double> megabytes) {
        return megabytes.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Spread.number(entry.getValue()) + " MB")
                .collect(Collectors.joining(", "));
    }
}
