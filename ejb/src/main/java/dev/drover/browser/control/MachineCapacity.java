// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this machine, or the container around this process, can carry.
 *
 * @param cores that this process may use
 * @param memory in bytes that this process and its children may use
 */
record MachineCapacity(int cores, long memory, boolean runsAsRoot) {

    private static final long MEGABYTE = 1024 * 1024;

    /** The server itself with its heap, its code and the files it keeps cached. */
    private static final long SERVER = 768 * MEGABYTE;

    /** What a browser with its driver is expected to take. */
    static final long BROWSER = 512 * MEGABYTE;

    static MachineCapacity ofThisMachine() {
        // Both figures respect the limits of a container (cgroup v1 and v2).
        int cores = Runtime.getRuntime().availableProcessors();
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
        return new MachineCapacity(cores, memory, userId() == 0);
    }

    /** One for each core, since a page keeps a core busy while it loads, as far as the memory reaches. */
    int browsers() {
        long fit = (memory - SERVER) / BROWSER;
        return Math.clamp(fit, 1, Math.max(1, cores));
    }

    private static int userId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return -1;
        }
    }
}
