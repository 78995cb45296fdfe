// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** What begins when all listen. */
    @FunctionalInterface
    private interface Start {
        void start() throws IOException;
    }

    /** The progress reports that came, and in milliseconds from the time that each carries, if that was asked for. */
    private static final class Heard implements Audience.Ear {
        private static final byte[] PROGRESS = "Report ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] TIMESTAMP = "\"timestamp\":\"".getBytes(StandardCharsets.US_ASCII);

        private final boolean timed;
        private final List<Double> latencies = new ArrayList<>();
        private long deliveries;
        private long first;
        private long last;

        private Heard(boolean timed) {
            this.timed = timed;
        }

        @Override
        public void hear(byte[] bytes, int from, int to) {
            if (Audience.find(PROGRESS, bytes, from, to) < 0) {
                return;
            }
            last = System.nanoTime();
            if (deliveries == 0) {
                first = last;
            }
            deliveries++;
            if (timed) {
                int at = Audience.find(TIMESTAMP, bytes, from, to) + TIMESTAMP.length;
                int end = at;
                while (bytes[end] != '"') {
                    end++;
                }
                Instant sent = Instant.parse(new String(bytes, at, end - at, StandardCharsets.US_ASCII));
                latencies.add(sent.until(Instant.now(), ChronoUnit.NANOS) / 1e6);
            }
        }

        private double perSecond() {
            return deliveries * 1e9 / (last - first);
        }
    }

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
            Heard run = Profile.during(stage, server, name() + "-" + i, () -> drover(server, reports, 0));
            rates.add(run.perSecond());
            heard += run.deliveries;
        }
        double arrived = 100.0 * heard / ((double) reports * SUBSCRIBERS * rates.size());
        int paced = options.times(500, 150);
        Heard bareLatency = bare(stage.machine(), paced, PACE_MILLIS);
        Heard latency = drover(server, paced, PACE_MILLIS);
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
                        Spread.of(latency.latencies),
                        Spread.of(bareLatency.latencies),
                        "ms",
                        "p50 under 4 ms"));
    }

    private static Heard drover(DroverServer server, int reports, int pace) throws IOException {
        String job = """
                {"task":"noop","timeout_seconds":300,"not_before":"%s","params":{"progress":%d,"progress_every_ms":%d}}
                """.formatted(Instant.now().plusSeconds(HEAD_START_SECONDS), reports, pace);
        try (HttpConnection connection = server.connect()) {
            String id = connection.submit(server.submission(job));
            return heard(server.port(), "/ws/jobs/" + id, server.token(), pace > 0, () -> {});
        }
    }

    private static Heard bare(Machine machine, int reports, int pace) throws IOException {
        try (ChildJvm jvm = new ChildJvm(
                machine,
                List.of("-XX:+UseSerialGC", "-Xmx256m"),
                Map.of(),
                BareFanout.class,
                Integer.toString(SUBSCRIBERS),
                Integer.toString(reports),
                Integer.toString(pace))) {
            int port = Integer.parseInt(jvm.answer());
            return heard(port, "/", "none", pace > 0, () -> jvm.tell("go"));
        }
    }

    private static Heard heard(int port, String path, String token, boolean timed, Start start) throws IOException {
        Heard heard = new Heard(timed);
        try (Audience audience = new Audience(port, path, token, SUBSCRIBERS, heard)) {
            start.start();
            audience.listen(300);
        }
        return heard;
    }
}
