// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How busy this machine is, or the container around this process.
 *
 * @param processor 0 to 1 of what the process may use, since the last look
 * @param memoryFree bytes that can still be taken without anything being pushed out that is in use
 */
record MachineLoad(double processor, long memoryFree) {

    /** Reads the load where Linux tells it; a machine that tells nothing counts as idle. */
    static final class Gauge {

        private final Path proc;
        private final Path cgroups;

        Gauge() {
            this(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
        }

        /** @param cgroups the root of the version 2 hierarchy */
        Gauge(Path proc, Path cgroups) {
            this.proc = proc;
            this.cgroups = cgroups;
        }

        MachineLoad read() {
            return new MachineLoad(processor(), memoryFree());
        }

        /** Respects the limits of a container, as the JDK does. */
        private static double processor() {
            return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? Math.max(0, system.getCpuLoad())
                    : 0;
        }

        /** The machine's, or that of the narrowest group around this process. */
        long memoryFree() {
            long free = ofMachine();
            for (Path group = group(); group != null && group.startsWith(cgroups); group = group.getParent()) {
                free = Math.min(free, ofGroup(group));
            }
            return free;
        }

        private long ofMachine() {
            for (String line : lines(proc.resolve("meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return Long.MAX_VALUE;
        }

        private @Nullable Path group() {
            for (String line : lines(proc.resolve("self/cgroup"))) {
                if (line.startsWith("0::/")) {
                    return cgroups.resolve(line.substring("0::/".length())).normalize();
                }
            }
            return null;
        }

        /** What the kernel can drop at once, files that nobody has touched lately, counts as free. */
        private static long ofGroup(Path group) {
            Long limit = number(group.resolve("memory.max")); // "max" without a limit
            Long used = number(group.resolve("memory.current"));
            if (limit == null || used == null) {
                return Long.MAX_VALUE;
            }
            long droppable = lines(group.resolve("memory.stat")).stream()
                    .filter(line -> line.startsWith("inactive_file "))
                    .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length())))
                    .findFirst()
                    .orElse(0);
            return Math.max(0, limit - used + droppable);
        }

        private static @Nullable Long number(Path file) {
            List<String> lines = lines(file);
            return lines.size() == 1 && lines.getFirst().matches("\\d{1,18}") ? Long.valueOf(lines.getFirst()) : null;
        }

        private static List<String> lines(Path file) {
            try {
                return Files.readAllLines(file);
            } catch (IOException e) {
                return List.of(); // Not Linux, or not this version of it.
            }
        }
    }
}
