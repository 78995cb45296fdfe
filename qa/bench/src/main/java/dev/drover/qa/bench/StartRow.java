// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From nothing to the first finished job. */
final class StartRow implements Row {

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String method() {
        return "Wall time from the start of `./drover up` (built before, class archive made, data folder there) until the"
                + " client has `job_completed` of one screenshot. Raw: from the start of the JVM until one job is done.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        stage.stopServer();
        stage.stopRaw();
        // The first start makes the data folder, the second is the first as everyone's are.
        DroverServer server = stage.server(DroverServer.Setup.workers(1));
        job(stage, server);
        List<Double> ready = new ArrayList<>();
        List<Double> done = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        for (int i = 0; i < stage.options().times(3, 1); i++) {
            server.close();
            raw.add(rawStart(stage));
            long began = System.nanoTime();
            server.up();
            ready.add((System.nanoTime() - began) / 1e9);
            job(stage, server);
            done.add((System.nanoTime() - began) / 1e9);
        }
        return List.of(Figure.compared(
                        "start of the built server → first job done",
                        Spread.of(done),
                        Spread.of(raw),
                        "s",
                        "under 12 s")
                .note("The server answers after " + Spread.of(ready).text("s") + "."));
    }

    private static void job(Stage stage, DroverServer server) throws IOException {
        try (EventSocket events = server.listen("/ws/events?types=job_completed");
                HttpConnection connection = server.connect()) {
            events.awaitEnd(connection.submit(server.submission(stage.screenshotJob())));
        }
    }

    private static double rawStart(Stage stage) throws IOException {
        long began = System.nanoTime();
        try (RawBrowsers raw = new RawBrowsers(stage.machine(), 1, stage.page())) {
            raw.run(1, 0);
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
