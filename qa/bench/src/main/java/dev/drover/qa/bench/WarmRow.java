// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.util.ArrayList;
import java.util.List;

/** One job after the other, against raw Playwright in turns, so that what disturbs the machine disturbs both. */
final class WarmRow implements Row {

    private static final long PAUSE_MILLIS = 200;

    private final List<Double> drover = new ArrayList<>();
    private final List<Double> raw = new ArrayList<>();
    private final List<Double> droverPaced = new ArrayList<>();
    private final List<Double> rawPaced = new ArrayList<>();
    private final List<Double> droverCpu = new ArrayList<>();
    private final List<Double> rawCpu = new ArrayList<>();

    @Override
    public String name() {
        return "warm";
    }

    @Override
    public String method() {
        return "The sample page's screenshot, one job at a time, one browser, in turns of raw and Drover. Wall time: from"
                + " before the POST until the client has read `job_completed` from one open `/ws/events`. CPU: user and"
                + " system time of all processes of the server, the driver and the browser, reaped ones included; the"
                + " client of Drover is left out, that of raw Playwright is the program itself. Raw: `newContext`,"
                + " `newPage`, `navigate`, `screenshot`, `close` with the same executable, driver and flags, without a"
                + " proxy.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(DroverServer.Setup.workers(1));
        RawBrowsers other = stage.raw(1);
        byte[] submission = server.submission(stage.screenshotJob());
        Options options = stage.options();
        try (EventSocket events = server.listen("/ws/events?types=job_completed");
                HttpConnection connection = server.connect()) {
            Stage.say("warming up");
            other.run(options.times(40, 10), 0);
            jobs(events, connection, submission, options.times(150, 20), 0);
            return Profile.during(stage, server, name(), () -> {
                for (int round = 0; round < options.times(6, 2); round++) {
                    if (round % 2 == 0) {
                        rawTurn(other, options.times(30, 15));
                    }
                    droverTurn(server, events, connection, submission, options.times(30, 15));
                    if (round % 2 == 1) {
                        rawTurn(other, options.times(30, 15));
                    }
                    rawPaced.addAll(
                            other.run(options.times(10, 5), PAUSE_MILLIS).millis());
                    droverPaced.addAll(jobs(events, connection, submission, options.times(10, 5), PAUSE_MILLIS));
                }
                return figures();
            });
        }
    }

    private List<Figure> figures() {
        Spread cpu = Spread.of(droverCpu);
        return List.of(
                Figure.compared(
                                "warm job, concurrency 1, submit → completed",
                                Spread.of(drover),
                                Spread.of(raw),
                                "ms",
                                "at most 1.0×, towards 0.75×")
                        .note("Back to back: the next job comes as the last one ends, while its context is closed and"
                                + " the next made."),
                Figure.compared(
                        "the same with " + PAUSE_MILLIS + " ms between jobs",
                        Spread.of(droverPaced),
                        Spread.of(rawPaced),
                        "ms",
                        "towards 0.75×"),
                Figure.compared("CPU of all processes per job", cpu, Spread.of(rawCpu), "ms", "at most 1.1×")
                        .note(
                                "Spread over turns, not over jobs: the kernel counts in steps of 10 ms. Turns in which a browser was"
                                        + " replaced are left out."));
    }

    private void rawTurn(RawBrowsers other, int count) throws Exception {
        double before = other.processes().cpuMillis();
        raw.addAll(other.run(count, 0).millis());
        rawCpu.add((other.processes().cpuMillis() - before) / count);
    }

    private void droverTurn(
            DroverServer server, EventSocket events, HttpConnection connection, byte[] submission, int count)
            throws Exception {
        ProcessTree before = server.processes();
        drover.addAll(jobs(events, connection, submission, count, 0));
        // What is left to do after the last job belongs to it: closing its context, making the next.
        Thread.sleep(300);
        ProcessTree after = server.processes();
        if (!after.hasLostSince(before)) {
            droverCpu.add((after.cpuMillis() - before.cpuMillis()) / count);
        }
    }

    private static List<Double> jobs(
            EventSocket events, HttpConnection connection, byte[] submission, int count, long pauseMillis)
            throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (pauseMillis > 0) {
                Thread.sleep(pauseMillis);
            }
            long began = System.nanoTime();
            events.awaitEnd(connection.submit(submission));
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return millis;
    }
}
