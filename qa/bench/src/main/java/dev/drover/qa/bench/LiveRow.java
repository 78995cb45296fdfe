// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A page that changes, until somebody who watches sees it. */
final class LiveRow implements Row {

    private static final int BETWEEN_CHANGES_MILLIS = 300;

    private static final String CHANGE = """
            colour => new Promise(done => requestAnimationFrame(() => {
              document.body.style.background = colour;
              done(performance.timeOrigin + performance.now());
            }))""";

    private static final String BUSY = """
            () => {
              const box = document.createElement("div");
              box.style.cssText = "position:absolute;top:200px;width:400px;height:300px;background:green";
              document.body.append(box);
              const step = time => { box.style.left = time % 800 + "px"; requestAnimationFrame(step); };
              requestAnimationFrame(step);
            }""";

    /** A picture as it came. */
    private static final class Frame {

        private final double millisSince1970;
        private final byte[] jpeg;

        Frame(Instant at, byte[] jpeg) {
            this.millisSince1970 = at.getEpochSecond() * 1e3 + at.getNano() / 1e6;
            this.jpeg = jpeg;
        }
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public String method() {
        return "A page of 1280×720 changes its background every " + BETWEEN_CHANGES_MILLIS
                + " ms: from the change, by the"
                + " page's own clock, until a WebSocket at `/ws/sessions/{id}/live` has read a picture that shows it. Busy: a"
                + " large box that moves with every frame; processor time of the server and the browser with a viewer, less"
                + " that without one.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(HeldSession.setup(1));
        try (HttpConnection connection = server.connect();
                HeldSession session = HeldSession.open(
                        server, connection, "{\"browser\":{\"viewport\":{\"width\":1280,\"height\":720}}}");
                Playwright playwright = HeldSession.client(stage.machine())) {
            Page page = playwright
                    .chromium()
                    .connect(session.playwright())
                    .contexts()
                    .getFirst()
                    .pages()
                    .getFirst();
            page.setContent("<body style='margin:0;background:white'>");
            List<Double> latencies;
            try (Viewer viewer = new Viewer(session)) {
                latencies(page, viewer, stage.options().times(20, 5));
                latencies = latencies(page, viewer, stage.options().times(100, 15));
            }
            int seconds = stage.options().times(10, 4);
            page.evaluate(BUSY);
            Thread.sleep(1_000);
            double alone = cores(server, seconds);
            double watched;
            double rate;
            try (Viewer viewer = new Viewer(session)) {
                Thread.sleep(1_000);
                int before = viewer.count();
                watched = cores(server, seconds);
                rate = (viewer.count() - before) / (double) seconds;
            }
            Spread spread = Spread.of(latencies);
            return List.of(
                    Figure.of("live view: a change → its picture at the viewer", spread.text("ms"), "p50 under 80 ms"),
                    Figure.of(
                                    "live view of a busy page",
                                    Spread.number(watched - alone) + " cores",
                                    "under half a core")
                            .note("%s pictures a second. The page alone takes %s cores."
                                    .formatted(Spread.number(rate), Spread.number(alone))));
        }
    }

    private static double cores(DroverServer server, int seconds) throws IOException, InterruptedException {
        ProcessTree before = server.processes();
        long from = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        return (server.processes().cpuMillis() - before.cpuMillis()) * 1e6 / (System.nanoTime() - from);
    }

    private static List<Double> latencies(Page page, Viewer viewer, int changes)
            throws IOException, InterruptedException {
        List<Double> latencies = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            Thread.sleep(BETWEEN_CHANGES_MILLIS);
            viewer.forget();
            boolean red = i % 2 == 0;
            double changed = ((Number) page.evaluate(CHANGE, red ? "#ff0000" : "#0000ff")).doubleValue();
            latencies.add(viewer.sees(red) - changed);
        }
        return latencies;
    }

    /** Takes pictures as they come. */
    private static final class Viewer implements WebSocket.Listener, AutoCloseable {

        private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

        private final HttpClient http = HttpClient.newHttpClient();
        private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
        private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
        private final WebSocket socket;
        private final AtomicInteger count = new AtomicInteger();

        Viewer(HeldSession session) throws Exception {
            socket = http.newWebSocketBuilder().buildAsync(session.live(), this).get(10, TimeUnit.SECONDS);
        }

        int count() {
            return count.get();
        }

        void forget() {
            frames.clear();
        }

        /** When the first picture came that shows the colour. */
        double sees(boolean red) throws IOException, InterruptedException {
            long until = System.nanoTime() + PATIENCE;
            while (System.nanoTime() < until) {
                Frame frame = frames.poll();
                if (frame == null) {
                    Thread.sleep(1);
                } else if (isRed(frame.jpeg) == red) {
                    return frame.millisSince1970;
                }
            }
            throw new IOException("no picture shows the change");
        }

        private static boolean isRed(byte[] jpeg) throws IOException {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
            int colour = picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 2);
            return (colour >> 16 & 0xff) > 150 && (colour & 0xff) < 100;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            partial.writeBytes(bytes);
            if (last) {
                frames.add(new Frame(Instant.now(), partial.toByteArray()));
                count.incrementAndGet();
                partial.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public void close() {
            socket.abort();
            http.shutdownNow();
        }
    }
}
