// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/** The databases that Drover runs on. */
public enum DatabaseKind {
    H2,
    POSTGRESQL;

    /**
     * Asks the database what it is.
     *
     * @throws IllegalStateException when it is another one, or does not answer
     */
    public static DatabaseKind of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "H2" -> H2;
                case "PostgreSQL" -> POSTGRESQL;
                default -> throw new IllegalStateException("Drover runs on H2 and PostgreSQL, not on " + product);
            };
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        }
    }

    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
