// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Memory of processes, as Linux counts it; nothing elsewhere. */
final class ProcessMemory {

    private ProcessMemory() {}

    /** Proportional set size of a process and all its descendants in bytes; 0 when it is gone. */
    static long ofTree(long pid) {
        if (pid <= 0) {
            return 0;
        }
        return ProcessHandle.of(pid)
                .map(root -> Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(process -> proportionalSetSize(process.pid()))
                        .sum())
                .orElse(0L);
    }

    private static long proportionalSetSize(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
            return lines.stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            return 0; // It ended meanwhile, or this is not Linux.
        }
    }
}
