// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A QR code that changes in a page, until those who follow the job have it. */
final class QrRow implements Row {

    private static final int EVERY_MILLIS = 400;
    private static final int HEAD_START_SECONDS = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** When each code came to each subscriber, in milliseconds since 1970. */
    private static final class Arrivals implements Audience.Ear {
        private static final byte[] PAYLOAD = "\"qr_payload\":\"".getBytes(StandardCharsets.US_ASCII);

        private final Map<String, List<Double>> byPayload = new HashMap<>();

        @Override
        public void hear(byte[] bytes, int from, int to) {
            int found = Audience.find(PAYLOAD, bytes, from, to);
            if (found < 0) {
                return;
            }
            Instant now = Instant.now();
            int at = found + PAYLOAD.length;
            int end = at;
            while (bytes[end] != '"') {
                end++;
            }
            byPayload
                    .computeIfAbsent(
                            new String(bytes, at, end - at, StandardCharsets.US_ASCII), payload -> new ArrayList<>())
                    .add(now.getEpochSecond() * 1e3 + now.getNano() / 1e6);
        }
    }

    @Override
    public String name() {
        return "qr";
    }

    @Override
    public String method() {
        return "A page in a job's browser changes its QR code every " + EVERY_MILLIS
                + " ms: from the moment it changes, by the page's own clock, until a WebSocket at `/ws/jobs/{id}` has"
                + " read the event with the picture and the text. The code is an image, an SVG or a canvas. Between"
                + " the two: the page notices, the picture is read and drawn anew, the event is persisted and sent.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(2));
        int codes = stage.options().times(75, 25);
        Stage.say("warming up");
        for (String kind : List.of("image", "svg", "canvas")) {
            latencies(server, kind, 1, stage.options().times(40, 15));
        }
        List<Figure> figures = new ArrayList<>();
        for (String kind : List.of("image", "svg", "canvas")) {
            for (int subscribers : List.of(1, 100)) {
                List<Double> latencies = latencies(server, kind, subscribers, codes);
                figures.add(Figure.of(
                                "a new QR code (" + kind + ") to "
                                        + (subscribers == 1 ? "one subscriber" : subscribers + " subscribers"),
                                "p50 %s ms, p95 %s ms"
                                        .formatted(
                                                Spread.number(Spread.percentile(latencies, 0.5)),
                                                Spread.number(Spread.percentile(latencies, 0.95))),
                                "p50 under 50 ms, p95 under 150 ms")
                        .note("%,d of %,d codes arrived.".formatted(latencies.size(), codes * subscribers)));
            }
        }
        return figures;
    }

    private static List<Double> latencies(DroverServer server, String kind, int subscribers, int codes)
            throws IOException {
        String job = """
                {"task":"qrcodes","timeout_seconds":300,"not_before":"%s","params":{"shown_as":"%s","codes":%d,"every_ms":%d}}
                """.formatted(Instant.now().plusSeconds(HEAD_START_SECONDS), kind, codes, EVERY_MILLIS);
        Arrivals arrivals = new Arrivals();
        String id;
        try (HttpConnection connection = server.connect()) {
            id = connection.submit(server.submission(job));
        }
        try (Audience audience = new Audience(server.port(), "/ws/jobs/" + id, server.token(), subscribers, arrivals)) {
            audience.listen(300);
        }
        // Anew: the server has closed a connection that said nothing for so long.
        try (HttpConnection connection = server.connect()) {
            connection.send(server.get("/api/v1/jobs/" + id));
            JsonNode changedAt = JSON.readTree(connection.body()).at("/result/changed_at");
            if (changedAt.size() != codes) {
                throw new IOException("the job showed " + changedAt.size() + " codes: " + connection.body());
            }
            List<Double> latencies = new ArrayList<>();
            for (int i = 0; i < codes; i++) {
                double changed = changedAt.get(i).asDouble();
                arrivals.byPayload.getOrDefault("code-" + i, List.of()).forEach(at -> latencies.add(at - changed));
            }
            return latencies;
        }
    }
}
