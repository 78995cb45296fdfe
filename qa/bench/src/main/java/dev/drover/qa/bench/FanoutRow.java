// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One job's progress to a hundred subscribers. */
final class FanoutRow implements Row {

    private static final int SUBSCRIBERS = 100;
    private static final int PACE_MILLIS = 20;

    /** The job begins when all have subscribed. */
    private static final int HEAD_START_SECONDS = 3;

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String method() {
        return "One job reports its progress, every report is persisted and goes to 100 WebSockets at `/ws/jobs/{id}` that"
                + " one thread reads. Deliveries per second: as fast as the job can report. Paced: a report every "
                + PACE_MILLIS
                + " ms, latency from the report's own timestamp until the subscriber has read it. Raw: a bare"
                + " server that only writes such frames.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(2));
        Options options = stage.options();
        Stage.say("warming up");
        drover(server, options.times(2_000, 300), 0);
        List<Double> rates = new ArrayList<>();
        List<Double> bareRates = new ArrayList<>();
        int reports = options.times(3_000, 1_000);
        long heard = 0;
        for (int i = 0; i < options.times(3, 1); i++) {
            bareRates.add(bare(stage.machine(), reports, 0).perSecond());
            Audience.Heard run = Profile.during(stage, server, name() + "-" + i, () -> drover(server, reports, 0));
            rates.add(run.perSecond());
            heard += run.deliveries();
        }
        double arrived = 100.0 * heard / ((double) reports * SUBSCRIBERS * rates.size());
        int paced = options.times(500, 150);
        Audience.Heard bareLatency = bare(stage.machine(), paced, PACE_MILLIS);
        Audience.Heard latency = drover(server, paced, PACE_MILLIS);
        return List.of(
                Figure.compared(
                                "one job's progress to 100 WebSocket subscribers",
                                Spread.of(rates),
                                Spread.of(bareRates),
                                "deliveries/s",
                                "50,000 deliveries/s")
                        .note(String.format(
                                Locale.ROOT,
                                "%.1f %% of the reports arrived; one that does not keep up may lose some in between,"
                                        + " never the end.",
                                arrived)),
                Figure.compared(
                        "the same paced, latency",
                        Spread.of(latency.latencies()),
                        Spread.of(bareLatency.latencies()),
                        "ms",
                        "p50 under 4 ms"));
    }

    private static Audience.Heard drover(DroverServer server, int reports, int pace) throws IOException {
        String job = """
                {"task":"noop","timeout_seconds":300,"not_before":"%s","params":{"progress":%d,"progress_every_ms":%d}}
                """.formatted(Instant.now().plusSeconds(HEAD_START_SECONDS), reports, pace);
        try (HttpConnection connection = server.connect()) {
            String id = connection.submit(server.submission(job));
            try (Audience audience =
                    new Audience(server.port(), "/ws/jobs/" + id, server.token(), SUBSCRIBERS, pace > 0)) {
                return audience.listen(300);
            }
        }
    }

    private static Audience.Heard bare(Machine machine, int reports, int pace) throws IOException {
        try (ChildJvm jvm = new ChildJvm(
                machine,
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                Map.of(),
                BareFanout.class,
                Integer.toString(SUBSCRIBERS),
                Integer.toString(reports),
                Integer.toString(pace))) {
            int port = Integer.parseInt(jvm.answer());
            try (Audience audience = new Audience(port, "/", "none", SUBSCRIBERS, pace > 0)) {
                jvm.tell("go");
                return audience.listen(300);
            }
        }
    }
}
