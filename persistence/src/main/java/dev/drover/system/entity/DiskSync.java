// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Makes what was committed survive a loss of power. PostgreSQL does so by itself; H2 keeps a commit in memory for half a
 * second, so there one statement more writes and flushes it (docs/adr/0006 and 0011).
 */
public final class DiskSync {

    private final DataSource dataSource;
    private final DatabaseKind kind;

    public DiskSync(DataSource dataSource, DatabaseKind kind) {
        this.dataSource = dataSource;
        this.kind = kind;
    }

    /**
     * Returns when all commits so far are on the disk. No connection is kept: one that nobody gives back holds the file of an H2
     * that could not write it, and it is not opened anew then.
     *
     * @throws SQLException when the disk does not take it; nothing that was committed since the last call is safe then
     */
    public void flush() throws SQLException {
        if (kind != DatabaseKind.H2) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }
}
