// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the rows that were asked for, prints their figures and writes the page. */
public final class Bench {

    /** The cold ones first, and those of one server together. */
    private static final List<Row> ROWS = List.of(
            new StartRow(),
            new MemoryRow(),
            new SoakRow(),
            new WarmRow(),
            new ThroughputRow(),
            new NoopRow(),
            new AcceptedRow.Embedded(),
            new FanoutRow(),
            new QrRow(),
            new BookingsRow(),
            new SessionsRow(),
            new BridgeRow(),
            new LiveRow(),
            new AcceptedRow.External());

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("--help") || given.contains("-h")) {
            System.out.print(usage());
            return;
        }
        int failed;
        try {
            failed = run(Options.parse(arguments));
        } catch (Machine.Unusable e) {
            System.err.println("drover bench: " + e.getMessage());
            System.err.print(usage());
            failed = 1;
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int run(Options options) throws IOException {
        List<Row> chosen = chosen(options);
        Machine machine = Machine.find();
        List<String> description = machine.description();
        String commit = machine.commit();
        description.forEach(Stage::say);
        Stage stage = new Stage(machine, options);
        Thread ending = Thread.ofPlatform().unstarted(stage::close);
        Runtime.getRuntime().addShutdownHook(ending);

        Path kept = machine.home().resolve(".drover/bench/results.json");
        Results results = Results.read(kept);
        boolean isWritten = options.write() || chosen.size() == ROWS.size();
        List<String> failures = new ArrayList<>();
        List<Figure> all = new ArrayList<>();
        for (Row row : chosen) {
            System.out.printf("==> %s (load average %s)%n", row.name(), Machine.loadAverage());
            long began = System.nanoTime();
            try {
                List<Figure> figures = row.measure(stage);
                results.put(row, commit, description, options.quick(), figures);
                all.addAll(figures);
                if (isWritten) {
                    write(machine, kept, results); // A run takes most of an hour, and may be broken off.
                }
                System.out.print(Report.terminal(figures));
                System.out.printf("    took %.0f s%n", (System.nanoTime() - began) / 1e9);
            } catch (Exception e) {
                failures.add(row.name() + ": " + e);
                System.err.println("    not measured: " + e);
                e.printStackTrace(System.err);
                stage.keepFolder();
                stage.stopServer();
                stage.stopRaw();
            }
        }
        System.out.println("==> All figures" + Report.terminal(all));
        if (isWritten) {
            System.out.println("==> docs/reference/performance.md is written");
        }
        failures.forEach(failure -> System.err.println("Not measured: " + failure));
        return failures.size();
    }

    private static void write(Machine machine, Path kept, Results results) throws IOException {
        results.write(kept);
        Path folder = machine.home().resolve("docs/reference");
        Report.write(folder.resolve("performance.md"), folder.resolve("performance-notes.md"), ordered(results));
    }

    private static List<Row> chosen(Options options) {
        Set<String> known = ROWS.stream().map(Row::name).collect(Collectors.toSet());
        for (String name : options.names()) {
            if (!known.contains(name)) {
                throw new Machine.Unusable("there is no row '" + name + "'");
            }
        }
        return ROWS.stream()
                .filter(row -> options.names().isEmpty() || options.names().contains(row.name()))
                .toList();
    }

    private static Results ordered(Results results) {
        Results ordered = new Results(new LinkedHashMap<>());
        for (Row row : ROWS) {
            Results.Measured measured = results.rows().get(row.name());
            if (measured != null) {
                ordered.rows().put(row.name(), measured);
            }
        }
        return ordered;
    }

    private static String usage() {
        return ROWS.stream()
                .map(row -> "  %-18s %s%n".formatted(row.name(), row.method()))
                .collect(Collectors.joining("", Options.USAGE, ""));
    }
}
