// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many jobs two browsers get through, with as many waiting as the concurrency leaves over. */
final class ThroughputRow implements Row {

    private static final int WORKERS = 2;
    private static final int[] CONCURRENCY = {2, 4, 8};

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public String method() {
        return "Jobs per second with two browsers while so many jobs are submitted and not yet ended, in turns with raw"
                + " Playwright on two threads. The spread is over the turns.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(WORKERS));
        RawBrowsers other = stage.raw(WORKERS);
        int turn = stage.options().times(40, 16);
        Stage.say("warming up");
        other.run(turn, 0);
        rate(stage, server, 4, stage.options().times(120, 20));
        List<Double> raw = new ArrayList<>();
        Map<Integer, List<Double>> drover = new LinkedHashMap<>();
        Profile.during(stage, server, name(), () -> {
            for (int round = 0; round < stage.options().times(5, 2); round++) {
                raw.add(turn / other.run(turn, 0).seconds());
                for (int concurrency : CONCURRENCY) {
                    drover.computeIfAbsent(concurrency, any -> new ArrayList<>())
                            .add(rate(stage, server, concurrency, turn));
                }
            }
            return raw;
        });
        List<Figure> figures = new ArrayList<>();
        drover.forEach((concurrency, rates) -> figures.add(Figure.compared(
                "throughput, 2 workers, concurrency " + concurrency,
                Spread.of(rates),
                Spread.of(raw),
                "jobs/s",
                "at least 1.0×")));
        return figures;
    }

    private static double rate(Stage stage, DroverServer server, int concurrency, int jobs) throws Exception {
        byte[] submission = server.submission(stage.screenshotJob());
        try (Completions completions = new Completions(server, "screenshot", concurrency);
                HttpConnection connection = server.connect()) {
            long began = System.nanoTime();
            for (int i = 0; i < jobs; i++) {
                completions.begin();
                connection.submit(submission);
            }
            completions.awaitAll();
            return jobs / ((System.nanoTime() - began) / 1e9);
        }
    }
}
