// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was flushed to the embedded database is there after {@code kill -9}: not so with every version of H2
 * (docs/adr/0019).
 */
class KilledDatabaseTest {

    private static final int KILLS = 5;
    private static final int LIFE_MILLIS = 4_000;
    private static final int LONGEST_PAUSE_MILLIS = 100;

    @TempDir
    private Path folder;

    /** As the server's configuration has it. */
    private String url() {
        return "jdbc:h2:file:" + folder.resolve("killed") + ";RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Test
    void noRowIsLostThatWasFlushed() throws Exception {
        long flushed = -1;
        for (int i = 0; i < KILLS; i++) {
            flushed = writeUntilKilled(flushed + 1);

            assertThat(latest()).as("after kill " + (i + 1)).isGreaterThanOrEqualTo(flushed);
            flushed = latest();
        }
        assertThat(flushed).isGreaterThan(KILLS);
    }

    /** Returns the number of the last row that the process has called safe. */
    private long writeUntilKilled(long first) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        url(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = first - 1;
        try (BufferedReader said = process.inputReader(StandardCharsets.US_ASCII)) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIFE_MILLIS);
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = Long.parseLong(line);
                if (System.nanoTime() - end > 0) {
                    new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start();
                }
            }
        }
        assertThat(process.waitFor()).isNotZero();
        return last;
    }

    private long latest() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "drover", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select max(id) from written")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Commits a row and changes some older ones, flushes, says so, and goes on. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Random random = new Random(11);
            try (Connection connection = DriverManager.getConnection(arguments[0], "drover", "");
                    Connection other = DriverManager.getConnection(arguments[0], "drover", "");
                    Statement flush = other.createStatement()) {
                flush.execute("create table if not exists written (id bigint primary key, text varchar)");
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("insert into written values (?, ?)");
                        PreparedStatement change =
                                connection.prepareStatement("update written set text = ? where id = ?")) {
                    for (long id = Long.parseLong(arguments[1]); ; id++) {
                        insert.setLong(1, id);
                        insert.setString(2, "x".repeat(random.nextInt(2_000)));
                        insert.executeUpdate();
                        for (int i = 0; i < 3; i++) {
                            change.setString(1, "y".repeat(random.nextInt(3_000)));
                            change.setLong(2, Math.max(0, id - random.nextInt(20)));
                            change.executeUpdate();
                        }
                        connection.commit();
                        flush.execute("checkpoint sync");
                        System.out.println(id);
                        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                    }
                }
            }
        }
    }
}
