// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the way through the server adds to a client's connection with its browser. */
final class BridgeRow implements Row {

    private static final int MEGABYTES = 100;
    private static final Pattern BROWSER = Pattern.compile("\"webSocketDebuggerUrl\":\\s*\"([^\"]+)\"");

    @Override
    public String name() {
        return "bridge";
    }

    @Override
    public String method() {
        return "A round trip is `page.evaluate(\"1\")` over a Playwright connection, in turns through Drover and directly to"
                + " a browser of the same driver. Then one message of " + MEGABYTES + " MB from the browser over the"
                + " DevTools protocol, through Drover and directly.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(HeldSession.setup(1));
        int port = DroverServer.freePort();
        try (HttpConnection connection = server.connect();
                HeldSession session = HeldSession.open(server, connection, "{}");
                Playwright playwright = HeldSession.client(stage.machine());
                Browser raw = playwright
                        .chromium()
                        .launch(RawPlaywright.options(stage.machine().chromium(), "--remote-debugging-port=" + port))) {
            String bound = raw.bind(
                            "bench",
                            new Browser.BindOptions().setHost("127.0.0.1").setPort(0))
                    .endpoint;
            return List.of(roundTrips(stage, playwright, session, bound), largeMessages(stage, session, port));
        }
    }

    private static Figure roundTrips(Stage stage, Playwright playwright, HeldSession session, String bound) {
        Page through =
                playwright.chromium().connect(session.playwright()).newContext().newPage();
        Page direct = playwright.chromium().connect(bound).newContext().newPage();
        List<Double> drover = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        int turns = stage.options().times(20, 5);
        for (int turn = -4; turn < turns; turn++) {
            List<Double> a = roundTrips(through);
            List<Double> b = roundTrips(direct);
            if (turn >= 0) {
                drover.addAll(a);
                raw.addAll(b);
            }
        }
        Spread with = Spread.of(drover);
        Spread without = Spread.of(raw);
        return Figure.compared("bridge: a Playwright round trip", with, without, "ms", "+ 1 ms p50 at most")
                .note("%s ms more.".formatted(Spread.number(with.median() - without.median())));
    }

    private static List<Double> roundTrips(Page page) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long began = System.nanoTime();
            page.evaluate("1");
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }

    private static Figure largeMessages(Stage stage, HeldSession session, int port) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String version = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/version"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Matcher found = BROWSER.matcher(version);
            if (!found.find()) {
                throw new IOException("no DevTools: " + version);
            }
            List<Double> drover = new ArrayList<>();
            List<Double> raw = new ArrayList<>();
            try (DevTools through = new DevTools(http, session.devTools());
                    DevTools direct = new DevTools(http, URI.create(found.group(1)))) {
                for (int turn = -1; turn < stage.options().times(8, 3); turn++) {
                    double a = through.megabytesPerSecond();
                    double b = direct.megabytesPerSecond();
                    if (turn >= 0) {
                        drover.add(a);
                        raw.add(b);
                    }
                }
            }
            return Figure.compared(
                    "bridge: a message of " + MEGABYTES + " MB over DevTools",
                    Spread.of(drover),
                    Spread.of(raw),
                    "MB/s",
                    "0.8× direct");
        }
    }

    /** A connection to the DevTools of a browser that only counts what comes. */
    private static final class DevTools implements WebSocket.Listener, AutoCloseable {

        private final WebSocket socket;
        private final String page;
        private final StringBuilder head = new StringBuilder();
        private volatile CompletableFuture<String> answer = new CompletableFuture<>();
        private int asked;
        private long length;

        DevTools(HttpClient http, URI uri) throws Exception {
            socket = http.newWebSocketBuilder().buildAsync(uri, this).get(10, TimeUnit.SECONDS);
            String made = ask("\"method\":\"Target.createTarget\",\"params\":{\"url\":\"about:blank\"}");
            String target = made.replaceFirst(".*\"targetId\":\"([^\"]+)\".*", "$1");
            String attached = ask("\"method\":\"Target.attachToTarget\",\"params\":{\"flatten\":true,\"targetId\":\""
                    + target + "\"}");
            page = attached.replaceFirst("(?s).*\"sessionId\":\"([^\"]+)\".*", "$1");
        }

        double megabytesPerSecond() throws Exception {
            long began = System.nanoTime();
            ask("\"sessionId\":\"" + page + "\",\"method\":\"Runtime.evaluate\",\"params\":{\"returnByValue\":true,"
                    + "\"expression\":\"'x'.repeat(" + MEGABYTES * 1_000_000 + ")\"}");
            double seconds = (System.nanoTime() - began) / 1e9;
            if (length < MEGABYTES * 1_000_000L) {
                throw new IOException("only " + length + " characters came: " + head);
            }
            return MEGABYTES / seconds;
        }

        /** The first part of the answer. */
        private String ask(String command) throws Exception {
            asked++;
            answer = new CompletableFuture<>();
            socket.sendText("{\"id\":" + asked + "," + command + "}", true).get(10, TimeUnit.SECONDS);
            return answer.get(60, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            if (head.isEmpty()) {
                length = 0;
            }
            length += part.length();
            if (head.length() < 1000) {
                head.append(part, 0, Math.min(part.length(), 1000));
            }
            if (last) {
                String message = head.toString();
                head.setLength(0);
                if (message.contains("\"id\":" + asked)) {
                    answer.complete(message);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answer.completeExceptionally(error);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
