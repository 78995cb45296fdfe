// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes what was committed survive a loss of power. PostgreSQL does so by itself; H2 keeps a commit in memory for half a
 * second, so there one statement more writes and flushes it (docs/adr/0006 and 0011).
 */
public final class DiskSync implements AutoCloseable {

    private final DataSource dataSource;
    private final DatabaseKind kind;
    private @Nullable Connection connection;

    public DiskSync(DataSource dataSource, DatabaseKind kind) {
        this.dataSource = dataSource;
        this.kind = kind;
    }

    /**
     * Returns when all commits so far are on the disk. Belongs to one thread.
     *
     * @throws SQLException when the disk does not take it; nothing that was committed since the last call is safe then
     */
    public void flush() throws SQLException {
        if (kind != DatabaseKind.H2) {
            return;
        }
        if (connection == null || connection.isClosed()) {
            connection = dataSource.getConnection();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        } catch (SQLException e) {
            // H2 opens a file that it could not write anew when nobody has a connection from before.
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
