// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A trace as Playwright writes it: a ZIP archive with lines of JSON. */
final class TraceFile {

    private static final String CONTEXT = "\"context-options\"";

    private TraceFile() {}

    /**
     * Takes out the storage state that the context began with. Playwright writes all options of a context down:
     * https://github.com/microsoft/playwright/blob/v1.62.0/packages/playwright-core/src/server/trace/recorder/tracing.ts
     */
    static void removeStorageState(Path zip) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(zip)) {
            for (Path entry : entries(archive)) {
                rewrite(entry);
            }
        }
    }

    private static List<Path> entries(FileSystem archive) throws IOException {
        try (Stream<Path> all = Files.list(archive.getPath("/"))) {
            return all.filter(entry -> entry.toString().endsWith(".trace")).toList();
        }
    }

    private static void rewrite(Path entry) throws IOException {
        Path rest = entry.resolveSibling("without-storage-state");
        try (BufferedReader in = Files.newBufferedReader(entry);
                BufferedWriter out = Files.newBufferedWriter(rest)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line.contains(CONTEXT) ? withoutStorageState(line) : line);
                out.write('\n');
            }
        }
        Files.move(rest, entry, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String withoutStorageState(String line) {
        ObjectNode event = Json.readObject(line);
        if (event.path("options") instanceof ObjectNode options) {
            options.remove("storageState");
        }
        return event.toString();
    }
}
