// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How fast jobs are taken, and how fast they go through, when each is on disk before it is acknowledged. */
abstract sealed class AcceptedRow implements Row {

    static final class Embedded extends AcceptedRow {
        @Override
        public String name() {
            return "accepted";
        }

        @Override
        DroverServer.Setup setup(Stage stage) {
            return DroverServer.Setup.workers(2);
        }

        @Override
        String stores() {
            return "H2 and embedded Artemis";
        }

        @Override
        String rateToReach() {
            return "at least 2,000/s, towards 2,500/s";
        }
    }

    static final class External extends AcceptedRow {
        @Override
        public String name() {
            return "accepted-external";
        }

        @Override
        DroverServer.Setup setup(Stage stage) throws IOException, InterruptedException {
            stage.stopServer();
            return stage.otherStores().setup();
        }

        @Override
        String stores() {
            return "PostgreSQL and external Artemis";
        }

        @Override
        String rateToReach() {
            return "1,200/s";
        }
    }

    private static final String JOB = "{\"task\":\"noop\",\"params\":{}}";

    /** As many under way as keep every part of the server busy, and few enough that nothing waits long. */
    private static final int WINDOW = 128;

    abstract DroverServer.Setup setup(Stage stage) throws IOException, InterruptedException;

    abstract String stores();

    abstract String rateToReach();

    @Override
    public String method() {
        return "On " + stores()
                + ", after a minute and after three minutes of the same load: no-op jobs that are answered with 202 per second, over"
                + " eight kept connections that each send the next job when they have the answer, while the server also"
                + " runs them; the time of one answer with a single client; and jobs that end per second while "
                + WINDOW + " are under way, counted over one `/ws/events`. The spread is over seconds, of the single"
                + " client over requests.";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        DroverServer server = stage.server(setup(stage));
        byte[] submission = server.submission(JOB);
        Options options = stage.options();
        Stage.say("warming up");
        throughput(server, submission, options.times(60, 10));
        Accepted warm = accept(stage, server, submission, "-accept");
        if (!options.quick()) {
            Stage.say("warming up on");
            throughput(server, submission, 120);
        }
        Accepted hot = options.quick() ? warm : accept(stage, server, submission, "-accept-hot");

        Stage.say("one client");
        Spread single = oneClient(server, submission, options.times(2_000, 300));
        drain(server, 60);

        Stage.say("end to end");
        List<Double> through = Profile.during(
                stage, server, name() + "-through", () -> throughput(server, submission, options.times(20, 5)));

        Stage.say("what the machine gives");
        List<Double> empty =
                Load.perSecond(server, Load.CLIENTS, options.times(6, 3), emptyRequest(server), Load.Counted.STEPS);
        String sync = "`fdatasync` here: " + fdatasync(stage.folder()).text("ms");
        return List.of(
                warm.figure("accepted jobs, 8 clients, after a minute, " + stores(), rateToReach())
                        .beside("empty requests: " + Spread.of(empty).text("/s")),
                hot.figure("the same after three minutes", rateToReach()),
                Figure.of("accepted, one client, " + stores(), single.text("ms"), "p50 at most 1.5 ms")
                        .beside("an empty request: "
                                + NoopRow.emptyRequests(server, 500).text("ms") + "; " + sync),
                Figure.of(
                        "no-op jobs end to end, " + stores(),
                        Spread.of(through).text("/s"),
                        this instanceof Embedded ? "1,500/s" : ""));
    }

    /** What was accepted in each second, and what it cost in milliseconds of processor time for each job. */
    private record Accepted(List<Double> perSecond, double serverMillis, double ownMillis, String left) {

        Figure figure(String work, String toReach) {
            return Figure.of(work, Spread.of(perSecond).text("/s"), toReach)
                    .note(String.format(
                            Locale.ROOT,
                            "CPU of the server %.2f ms for each accepted job, with what it ran of them beside; of the load"
                                    + " generator %.2f ms. %s.",
                            serverMillis,
                            ownMillis,
                            left));
        }
    }

    private Accepted accept(Stage stage, DroverServer server, byte[] submission, String recording) throws Exception {
        Stage.say("accepting");
        int seconds = stage.options().times(20, 5);
        double cpuBefore = server.processes().cpuMillis();
        double ownBefore = ownCpuMillis();
        List<Double> perSecond = Profile.during(
                stage,
                server,
                name() + recording,
                () -> Load.perSecond(
                        server,
                        Load.CLIENTS,
                        seconds,
                        connection -> connection.submit(submission),
                        Load.Counted.STEPS));
        double jobs =
                perSecond.stream().mapToDouble(Double::doubleValue).average().orElseThrow() * seconds;
        double serverMillis = (server.processes().cpuMillis() - cpuBefore) / jobs;
        double ownMillis = (ownCpuMillis() - ownBefore) / jobs;
        return new Accepted(
                perSecond,
                serverMillis,
                ownMillis,
                drain(server, stage.options().times(120, 60)));
    }

    private static Load.Step emptyRequest(DroverServer server) {
        byte[] request = server.get("/health/live");
        return connection -> connection.send(request);
    }

    private static List<Double> throughput(DroverServer server, byte[] submission, int seconds) throws Exception {
        try (Completions completions = new Completions(server, "noop", WINDOW)) {
            Load.Step step = connection -> {
                completions.begin();
                connection.submit(submission);
            };
            List<Double> each = Load.perSecond(server, Load.CLIENTS, seconds, step, completions::ended);
            completions.awaitAll();
            return each;
        }
    }

    private static Spread oneClient(DroverServer server, byte[] submission, int count) throws IOException {
        List<Double> millis = new ArrayList<>();
        try (HttpConnection connection = server.connect()) {
            for (int i = 0; i < count; i++) {
                long began = System.nanoTime();
                connection.submit(submission);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return Spread.of(millis);
    }

    /** Waits until nothing is left to run; returns how long that took, in words. */
    private static String drain(DroverServer server, int atMostSeconds) throws IOException, InterruptedException {
        byte[] request = server.get("/api/v1/jobs?status=active&limit=1");
        long began = System.nanoTime();
        long end = began + TimeUnit.SECONDS.toNanos(atMostSeconds);
        try (HttpConnection connection = server.connect()) {
            while (System.nanoTime() < end) {
                int status = connection.send(request);
                if (status != 200) {
                    throw new IOException("the list of jobs answers " + status + " " + connection.body());
                }
                if (!connection.body().contains("\"id\"")) {
                    return String.format(
                            Locale.ROOT, "The last job ended %.1f s after the load", (System.nanoTime() - began) / 1e9);
                }
                Thread.sleep(250);
            }
        }
        return "Jobs were still waiting " + atMostSeconds + " s after the load";
    }

    private static Spread fdatasync(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "sync", "");
        List<Double> millis = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 300; i++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(512));
                channel.force(false);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return Spread.of(millis);
    }

    private static double ownCpuMillis() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return system.getProcessCpuTime() / 1e6;
    }
}
