// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the server's own process uses, without the browsers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ProcessResources",
        requiredProperties = {"heap_used_bytes", "heap_max_bytes", "threads", "processors"})
public record ProcessResources(
        long heapUsedBytes,
        long heapMaxBytes,
        int threads,
        int processors,

        @Schema(description = "Load of the machine over the last minute") @Nullable
        Double loadAverage,

        @Schema(description = "Free in the data folder's file system") @Nullable
        Long diskFreeBytes,

        @Nullable Long diskTotalBytes) {

    static ProcessResources now(Path dataRoot) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        Long free = null;
        Long total = null;
        try {
            FileStore disk = Files.getFileStore(dataRoot);
            free = disk.getUsableSpace();
            total = disk.getTotalSpace();
        } catch (IOException e) {
            // Left out: the file system does not tell.
        }
        return new ProcessResources(
                heap.getUsed(),
                heap.getMax(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                Runtime.getRuntime().availableProcessors(),
                load < 0 ? null : load,
                free,
                total);
    }
}
