// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Ten people who book at the same time, each with a page, a code that turns, and a phone. */
final class BookingsRow implements Row {

    private static final int PEOPLE = 10;

    /** So many codes are looked at before one is scanned, as by someone who has to find the phone first. */
    private static final int CODES_SEEN = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "bookings";
    }

    @Override
    public String method() {
        return PEOPLE
                + " bookings on the sample site at the same time, each with a WebSocket that hears its codes, one a"
                + " second, and a phone that scans the " + CODES_SEEN
                + "th. Processor and memory are those of the server,"
                + " the drivers and the browsers together, while all show codes.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(
                new DroverServer.Setup("bookings", Map.of("DROVER_BROWSER_WORKERS", Integer.toString(PEOPLE + 1))));
        Stage.say("warming up");
        book(stage, server, "warm", 1, () -> {});
        List<Double> megabytes = new ArrayList<>();
        List<Double> cores = new ArrayList<>();
        long began = System.nanoTime();
        book(stage, server, "ten", PEOPLE, () -> {
            ProcessTree before = server.processes();
            long from = System.nanoTime();
            Thread.sleep(4_000);
            ProcessTree after = server.processes();
            cores.add((after.cpuMillis() - before.cpuMillis()) * 1e6 / (System.nanoTime() - from));
            megabytes.add(after.pssMegabytes());
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        return List.of(Figure.of(
                        PEOPLE + " bookings at the same time, from the first request to the last confirmation",
                        "all %d booked in %s s".formatted(PEOPLE, Spread.number(seconds)),
                        "all booked")
                .note("While all showed codes: %s of %d cores, %s MB PSS."
                        .formatted(
                                Spread.number(cores.getFirst()),
                                Runtime.getRuntime().availableProcessors(),
                                Spread.number(megabytes.getFirst()))));
    }

    /** Something that is looked at while all show codes. */
    @FunctionalInterface
    private interface Look {
        void look() throws IOException, InterruptedException;
    }

    private static void book(Stage stage, DroverServer server, String name, int people, Look look) throws Exception {
        CountDownLatch showing = new CountDownLatch(people);
        CountDownLatch looked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(people);
                HttpClient phone = HttpClient.newHttpClient()) {
            List<Future<Void>> bookings = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                String scene = name + "-" + i;
                bookings.add(threads.submit(() -> {
                    bookOne(stage, server, phone, scene, showing, looked);
                    return null;
                }));
            }
            try {
                if (!showing.await(5, TimeUnit.MINUTES)) {
                    throw new IOException(showing.getCount() + " bookings show no code");
                }
                look.look();
            } finally {
                looked.countDown();
            }
            for (Future<Void> booking : bookings) {
                booking.get();
            }
        }
    }

    private static void bookOne(
            Stage stage,
            DroverServer server,
            HttpClient phone,
            String scene,
            CountDownLatch showing,
            CountDownLatch looked)
            throws IOException, InterruptedException {
        get(phone, stage.site("/booking/control/script?slots=Stockholm@2031-02-03T13:45&scene=" + scene));
        String job = """
                {"task":"booking","timeout_seconds":600,"params":{"license_type":"B","exam_type":"Körprov",
                 "locations":["Stockholm"],"date_ranges":[{"start":"2031-02-01","end":"2031-02-15"}],"site_url":"%s"}}
                """.formatted(stage.site("/booking/at/" + scene));
        try (HttpConnection connection = server.connect()) {
            String id = connection.submit(server.submission(job));
            Set<String> seen = new HashSet<>();
            try (EventSocket events = server.listen("/ws/jobs/" + id)) {
                boolean over = false;
                boolean scanned = false;
                while (!over) {
                    String event = events.next();
                    JsonNode heard = JSON.readTree(event);
                    String payload = heard.at("/data/qr_payload").asText();
                    if (!payload.isEmpty() && seen.add(payload)) {
                        if (seen.size() == 1) {
                            showing.countDown();
                        }
                        if (!scanned && seen.size() >= CODES_SEEN && looked.getCount() == 0) {
                            scanned = get(
                                            phone,
                                            stage.site("/booking/control/scan?payload="
                                                    + URLEncoder.encode(payload, StandardCharsets.UTF_8)))
                                    == 200;
                        }
                    }
                    over = heard.path("event_type").asText().equals("job_completed");
                    if (over) {
                        EventSocket.requireSuccess(event);
                    }
                }
            } catch (EOFException e) {
                throw new IOException("the server closed the socket before the booking had ended", e);
            }
        }
    }

    private static int get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
