// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last figures of each row, kept between runs so that a row can be measured again by itself.
 *
 * @param rows by their names, in the order of the page
 */
record Results(Map<String, Measured> rows) {

    /**
     * A row as it was measured once.
     *
     * @param quick whether that was a short run
     */
    record Measured(
            String at, String commit, boolean quick, List<String> machine, String method, List<Figure> figures) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static Results read(Path file) {
        try {
            return Files.exists(file)
                    ? JSON.readValue(file.toFile(), Results.class)
                    : new Results(new LinkedHashMap<>());
        } catch (IOException e) {
            System.err.println(file + " is not readable and begins anew: " + e.getMessage());
            return new Results(new LinkedHashMap<>());
        }
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    void put(Row row, String commit, List<String> description, boolean quick, List<Figure> figures) {
        rows.put(
                row.name(),
                new Measured(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        commit,
                        quick,
                        description,
                        row.method(),
                        figures));
    }
}
