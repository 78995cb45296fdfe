// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A browser of one's own, from the request until it can be driven, and what ten of them take. */
final class SessionsRow implements Row {

    private static final int SESSIONS = 10;

    /** Longer than it takes to make the prewarmed ones up again. */
    private static final long REFILL_MILLIS = 3_000;

    /** What several beginnings took, in milliseconds from the request. */
    private record Beginnings(List<Double> connected, List<Double> page) {
        Beginnings() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public String method() {
        return "`POST /sessions` until a Playwright client is connected, and until a context and a page of its own are"
                + " open, each session with a browser process of its own; one at a time. Raw: `launch`, then `newContext`"
                + " and `newPage`, with the same executable and driver. Memory: sum of the proportional set sizes of all"
                + " processes, with " + SESSIONS
                + " sessions on blank pages less without them; raw: that many more browsers of one driver.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        try (Playwright playwright = HeldSession.client(stage.machine())) {
            Beginnings raw = raw(stage, playwright);
            double rawMemory = rawMemory(stage, playwright);
            DroverServer prewarmed = stage.server(HeldSession.setup(1));
            begin(prewarmed, playwright, stage.options().times(5, 2), REFILL_MILLIS);
            Beginnings warm = begin(prewarmed, playwright, stage.options().times(25, 6), REFILL_MILLIS);
            Figure memory = memory(prewarmed, rawMemory);
            DroverServer cold = stage.server(HeldSession.setup(0));
            begin(cold, playwright, stage.options().times(5, 2), 500);
            Beginnings fresh = begin(cold, playwright, stage.options().times(20, 6), 500);
            return List.of(
                    connected("prewarmed", warm, raw, "p50 20 ms"),
                    page("prewarmed", warm, raw, "p50 125 ms, p95 180 ms"),
                    connected("cold", fresh, raw, "p50 110 ms"),
                    page("cold", fresh, raw, "p50 270 ms"),
                    memory);
        }
    }

    private static Figure connected(String kind, Beginnings drover, Beginnings raw, String toReach) {
        return Figure.compared(
                "session, " + kind + ": request → Playwright connected",
                Spread.of(drover.connected()),
                Spread.of(raw.connected()),
                "ms",
                toReach);
    }

    private static Figure page(String kind, Beginnings drover, Beginnings raw, String toReach) {
        return Figure.compared(
                        "session, " + kind + ": request → a page is open",
                        Spread.of(drover.page()),
                        Spread.of(raw.page()),
                        "ms",
                        toReach)
                .note("p95 %s ms.".formatted(Spread.number(Spread.percentile(drover.page(), 0.95))));
    }

    private static Beginnings begin(DroverServer server, Playwright playwright, int count, long pauseMillis)
            throws IOException, InterruptedException {
        Beginnings beginnings = new Beginnings();
        try (HttpConnection connection = server.connect()) {
            for (int i = 0; i < count; i++) {
                Thread.sleep(pauseMillis);
                long began = System.nanoTime();
                try (HeldSession session = HeldSession.open(server, connection, "{}")) {
                    Browser browser = playwright.chromium().connect(session.playwright());
                    beginnings.connected().add((System.nanoTime() - began) / 1e6);
                    browser.newContext().newPage();
                    beginnings.page().add((System.nanoTime() - began) / 1e6);
                    browser.close();
                }
            }
        }
        return beginnings;
    }

    private static Beginnings raw(Stage stage, Playwright playwright) {
        Beginnings beginnings = new Beginnings();
        int warmUp = 3;
        int count = warmUp + stage.options().times(30, 6);
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            try (Browser browser = playwright
                    .chromium()
                    .launch(RawPlaywright.options(stage.machine().chromium()))) {
                double launched = (System.nanoTime() - began) / 1e6;
                browser.newContext().newPage();
                if (i >= warmUp) {
                    beginnings.connected().add(launched);
                    beginnings.page().add((System.nanoTime() - began) / 1e6);
                }
            }
        }
        return beginnings;
    }

    /** Of as many browsers with a page each beside one that was there before, all of one driver, in megabytes. */
    private static double rawMemory(Stage stage, Playwright playwright) throws InterruptedException {
        List<Browser> browsers = new ArrayList<>();
        try {
            double before = 0;
            for (int i = 0; i <= SESSIONS; i++) {
                Browser browser = playwright
                        .chromium()
                        .launch(RawPlaywright.options(stage.machine().chromium()));
                browsers.add(browser);
                browser.newContext().newPage();
                if (i == 0) {
                    Thread.sleep(REFILL_MILLIS);
                    before = ownMegabytes();
                }
            }
            Thread.sleep(2 * REFILL_MILLIS);
            return ownMegabytes() - before;
        } finally {
            browsers.forEach(Browser::close);
        }
    }

    private static double ownMegabytes() {
        return ProcessTree.of(ProcessHandle.current().pid()).pssMegabytes();
    }

    private static Figure memory(DroverServer server, double raw) throws IOException, InterruptedException {
        Thread.sleep(REFILL_MILLIS);
        double before = server.processes().pssMegabytes();
        List<HeldSession> sessions = new ArrayList<>();
        try (HttpConnection connection = server.connect()) {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(HeldSession.open(server, connection, "{}"));
            }
            Thread.sleep(2 * REFILL_MILLIS);
            double after = server.processes().pssMegabytes();
            return new Figure(
                    "memory of " + SESSIONS + " sessions over an idle server",
                    "+ " + Spread.number(after - before) + " MB",
                    "+ " + Spread.number(raw) + " MB",
                    Spread.number((after - before) / raw) + "×",
                    "+ 500 MB PSS at most",
                    List.of());
        } finally {
            for (HeldSession session : sessions) {
                session.close();
            }
        }
    }
}
