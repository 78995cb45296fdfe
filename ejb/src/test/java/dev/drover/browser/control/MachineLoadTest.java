// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLoadTest {

    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path root;

    @BeforeEach
    void aMachineWithAGigabyteToSpare() throws IOException {
        write(
                "proc/meminfo",
                "MemTotal:        8000000 kB\nMemFree:          100000 kB\nMemAvailable:    1048576 kB\n");
        write("proc/self/cgroup", "0::/shop/drover\n");
    }

    @Test
    void withoutALimitTheMachineCounts() throws IOException {
        write("cgroup/shop/drover/memory.max", "max\n");
        write("cgroup/shop/drover/memory.current", "123456\n");

        assertThat(free()).isEqualTo(1024 * MEGABYTE);
    }

    @Test
    void theLimitOfTheContainerCountsWithoutTheFilesThatCanBeDropped() throws IOException {
        write("cgroup/shop/drover/memory.max", Long.toString(500 * MEGABYTE));
        write("cgroup/shop/drover/memory.current", Long.toString(450 * MEGABYTE));
        write("cgroup/shop/drover/memory.stat", "anon 1\ninactive_file " + 100 * MEGABYTE + "\nactive_file 7\n");

        assertThat(free()).isEqualTo(150 * MEGABYTE);
    }

    @Test
    void theNarrowestGroupAroundTheProcessDecides() throws IOException {
        write("cgroup/shop/drover/memory.max", "max\n");
        write("cgroup/shop/memory.max", Long.toString(300 * MEGABYTE));
        write("cgroup/shop/memory.current", Long.toString(290 * MEGABYTE));

        assertThat(free()).isEqualTo(10 * MEGABYTE);
    }

    @Test
    void aContainerThatSeesItsOwnGroupAsTheRootIsBoundedToo() throws IOException {
        write("proc/self/cgroup", "0::/\n");
        write("cgroup/memory.max", Long.toString(300 * MEGABYTE));
        write("cgroup/memory.current", Long.toString(400 * MEGABYTE));

        assertThat(free()).isZero();
    }

    @Test
    void aMachineThatTellsNothingHasRoom() {
        Path nowhere = root.resolve("nowhere");

        assertThat(new MachineLoad.Gauge(nowhere, nowhere).memoryFree()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void thisMachineTells() {
        MachineLoad load = new MachineLoad.Gauge().read();

        assertThat(load.processor()).isBetween(0.0, 1.0);
        assertThat(load.memoryFree()).isPositive();
    }

    private long free() {
        return new MachineLoad.Gauge(root.resolve("proc"), root.resolve("cgroup")).memoryFree();
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
