// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a job costs that does nothing, on a server with nothing else to do. */
final class NoopRow implements Row {

    private static final String JOB = "{\"task\":\"noop\",\"params\":{}}";
    private static final long PAUSE_MILLIS = 10;

    @Override
    public String name() {
        return "noop";
    }

    @Override
    public String method() {
        return "A no-op job on an idle server, 10 ms between jobs: from before the POST until the client has read"
                + " `job_completed`, once from one `/ws/events` that stays open, once from a new `/ws/jobs/{id}` for each"
                + " job (connect and handshake included).";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(2));
        int warmUp = stage.options().times(2_000, 200);
        int count = stage.options().times(1_000, 200);
        Stage.say("warming up");
        overOneSocket(server, warmUp, 0);
        Spread empty = emptyRequests(server, count);
        return Profile.during(
                stage,
                server,
                name(),
                () -> List.of(
                        Figure.of(
                                        "no-op job, submit → completed, idle server",
                                        Spread.of(overOneSocket(server, count, PAUSE_MILLIS))
                                                .text("ms"),
                                        "p50 under 5 ms")
                                .beside("an empty request: " + empty.text("ms"))
                                .note("This is with one `/ws/events` that stays open."),
                        Figure.of(
                                "the same with a `/ws/jobs/{id}` of its own for each job",
                                Spread.of(overOwnSockets(server, Math.max(50, count / 2)))
                                        .text("ms"),
                                "")));
    }

    private static List<Double> overOneSocket(DroverServer server, int count, long pause) throws Exception {
        byte[] submission = server.submission(JOB);
        List<Double> millis = new ArrayList<>();
        try (EventSocket events = server.listen("/ws/events?types=job_completed&task=noop");
                HttpConnection connection = server.connect()) {
            for (int i = 0; i < count; i++) {
                Thread.sleep(pause);
                long began = System.nanoTime();
                events.awaitEnd(connection.submit(submission));
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return millis;
    }

    private static List<Double> overOwnSockets(DroverServer server, int count) throws Exception {
        byte[] submission = server.submission(JOB);
        List<Double> millis = new ArrayList<>();
        try (HttpConnection connection = server.connect()) {
            for (int i = 0; i < count; i++) {
                Thread.sleep(PAUSE_MILLIS);
                long began = System.nanoTime();
                String job = connection.submit(submission);
                try (EventSocket events = server.listen("/ws/jobs/" + job)) {
                    events.awaitEnd(job);
                    millis.add((System.nanoTime() - began) / 1e6);
                }
            }
        }
        return millis;
    }

    /** The least that any answer of this server takes. */
    static Spread emptyRequests(DroverServer server, int count) throws IOException {
        byte[] request = server.get("/health/live");
        List<Double> millis = new ArrayList<>();
        try (HttpConnection connection = server.connect()) {
            for (int i = 0; i < count; i++) {
                long began = System.nanoTime();
                connection.send(request);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return Spread.of(millis);
    }
}
