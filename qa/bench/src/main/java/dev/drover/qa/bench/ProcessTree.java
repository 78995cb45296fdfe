// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process, all that descends from it, and all that shares the session that it leads, as {@code /proc} shows them at one
 * moment.
 */
final class ProcessTree {

    /** {@code USER_HZ}, which is 100 on every Linux that Java runs on. */
    private static final double MILLIS_PER_TICK = 10;

    /** Fields of {@code /proc/pid/stat} after the name (proc(5)); ticks include those of children that were reaped. */
    private record Stat(long pid, String name, long parent, long session, long ticks, int threads) {

        static Stat parse(long pid, String line) {
            int end = line.lastIndexOf(')');
            String[] fields = line.substring(end + 2).split(" ", -1);
            long ticks = 0;
            for (int i = 11; i <= 14; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new Stat(
                    pid,
                    line.substring(line.indexOf('(') + 1, end),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[3]),
                    ticks,
                    Integer.parseInt(fields[17]));
        }
    }

    private final List<Stat> members;

    private ProcessTree(List<Stat> members) {
        this.members = members;
    }

    static ProcessTree of(long root) {
        Map<Long, Stat> all = new HashMap<>();
        try (Stream<Path> folders = Files.list(Path.of("/proc"))) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .forEach(name -> {
                        String line = read("/proc/" + name + "/stat");
                        if (!line.isEmpty()) {
                            long pid = Long.parseLong(name);
                            all.put(pid, Stat.parse(pid, line));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessTree(membersOf(root, all));
    }

    private static List<Stat> membersOf(long root, Map<Long, Stat> all) {
        Set<Long> known = new HashSet<>();
        known.add(root);
        List<Stat> members = new ArrayList<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Stat stat : all.values()) {
                boolean belongs = stat.pid() == root || stat.session() == root || known.contains(stat.parent());
                if (belongs && !members.contains(stat)) {
                    members.add(stat);
                    known.add(stat.pid());
                    grown = true;
                }
            }
        }
        return members;
    }

    /** CPU time that all of them and their ended children have used; the difference of two moments is what counts. */
    double cpuMillis() {
        return members.stream().mapToLong(Stat::ticks).sum() * MILLIS_PER_TICK;
    }

    /**
     * Whether a process is gone since that had done more than a second's work: what its children used may be counted
     * nowhere, so the difference of the two moments says too little.
     */
    boolean hasLostSince(ProcessTree before) {
        Set<Long> alive = members.stream().map(Stat::pid).collect(Collectors.toSet());
        return before.members.stream()
                .anyMatch(stat -> stat.ticks() * MILLIS_PER_TICK > 1000 && !alive.contains(stat.pid()));
    }

    int processes() {
        return members.size();
    }

    int threads() {
        return members.stream().mapToInt(Stat::threads).sum();
    }

    int openFiles() {
        int count = 0;
        for (Stat stat : members) {
            String[] files =
                    Path.of("/proc", Long.toString(stat.pid()), "fd").toFile().list();
            count += files == null ? 0 : files.length;
        }
        return count;
    }

    /** Proportional set size: shared pages are counted once over all processes that share them. */
    double pssMegabytes() {
        return pssByProgram().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    Map<String, Double> pssByProgram() {
        Map<String, Double> megabytes = new TreeMap<>();
        for (Stat stat : members) {
            read("/proc/" + stat.pid() + "/smaps_rollup")
                    .lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .forEach(kilobytes -> megabytes.merge(stat.name(), kilobytes / 1024.0, Double::sum));
        }
        return megabytes;
    }

    Map<String, Integer> countByProgram() {
        Map<String, Integer> count = new TreeMap<>();
        members.forEach(stat -> count.merge(stat.name(), 1, Integer::sum));
        return count;
    }

    /** The first process with that name, which for {@code java} is the server. */
    long pidOf(String name) {
        return members.stream()
                .filter(stat -> stat.name().equals(name))
                .mapToLong(Stat::pid)
                .min()
                .orElseThrow(() -> new IllegalStateException("no " + name + " among " + countByProgram()));
    }

    /** CPU time of each thread of a process so far, added up over threads that differ by a number only. */
    static Map<String, Double> cpuMillisByThread(long pid) {
        Map<String, Double> millis = new TreeMap<>();
        String[] threads = Path.of("/proc", Long.toString(pid), "task").toFile().list();
        for (String thread : threads == null ? new String[0] : threads) {
            String line = read("/proc/" + pid + "/task/" + thread + "/stat");
            if (!line.isEmpty()) {
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
                double used = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
                millis.merge(name.replaceAll("[0-9]+", "N"), used, Double::sum);
            }
        }
        return millis;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return ""; // It ended between the listing and this.
        }
    }
}
