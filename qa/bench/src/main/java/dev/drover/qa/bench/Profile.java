// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Shows where the server's time goes while something is measured: Flight Recorder's views, and CPU by thread. */
final class Profile {

    private static final int FIRST_WITH_CPU_SAMPLES = 25;
    private static final List<String> VIEWS =
            List.of("hot-methods", "contention-by-site", "gc-pause-phases", "file-writes-by-path");

    private Profile() {}

    /** Does the work, and watches the server meanwhile if the options ask for it. */
    static <T> T during(Stage stage, DroverServer server, String name, Callable<T> work) throws Exception {
        if (!stage.options().profile()) {
            return work.call();
        }
        Path file = stage.machine().home().resolve(".drover/bench/" + name + ".jfr");
        Files.deleteIfExists(file);
        long pid = server.javaPid();
        start(stage.machine(), pid);
        Map<String, Double> before = ProcessTree.cpuMillisByThread(pid);
        long began = System.nanoTime();
        try {
            return work.call();
        } finally {
            double seconds = (System.nanoTime() - began) / 1e9;
            printThreads(name, seconds, before, ProcessTree.cpuMillisByThread(pid));
            System.out.println(jcmd(stage.machine(), pid, "JFR.stop", "name=bench", "filename=" + file)
                    .strip());
            printViews(stage.machine(), file);
        }
    }

    private static void start(Machine machine, long pid) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("JFR.start", "name=bench", "settings=profile"));
        if (Runtime.version().feature() >= FIRST_WITH_CPU_SAMPLES) {
            arguments.add("jdk.CPUTimeSample#enabled=true");
        }
        System.out.println(jcmd(machine, pid, arguments.toArray(String[]::new)).strip());
    }

    private static void printThreads(
            String name, double seconds, Map<String, Double> before, Map<String, Double> after) {
        System.out.printf("%n    CPU of the server's threads during '%s' (%.1f s), in %% of one core%n", name, seconds);
        Map<String, Double> shares = new TreeMap<>();
        after.forEach(
                (thread, millis) -> shares.put(thread, (millis - before.getOrDefault(thread, 0.0)) / seconds / 10));
        shares.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .filter(share -> share.getValue() >= 0.3)
                .limit(25)
                .forEach(share -> System.out.printf("      %6.1f  %s%n", share.getValue(), share.getKey()));
    }

    private static void printViews(Machine machine, Path file) throws IOException {
        List<String> views = new ArrayList<>(VIEWS);
        if (Runtime.version().feature() >= FIRST_WITH_CPU_SAMPLES) {
            views.addFirst("cpu-time-hot-methods");
        }
        for (String view : views) {
            System.out.println(Commands.output(
                    List.of(machine.jdkTool("jfr").toString(), "view", "--width", "150", view, file.toString())));
        }
        System.out.println("    The recording is " + file + " (jfr view, jfr print, JDK Mission Control)");
    }

    static String jcmd(Machine machine, long pid, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(machine.jdkTool("jcmd").toString());
        command.add(Long.toString(pid));
        command.addAll(List.of(arguments));
        return Commands.output(command);
    }
}
