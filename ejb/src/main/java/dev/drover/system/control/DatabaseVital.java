// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Whether the database answers. */
@ApplicationScoped
class DatabaseVital implements Vital {

    private static final Logger LOG = Logger.getLogger(DatabaseVital.class.getName());
    private static final int SECONDS = 3;

    @Resource(lookup = "jdbc/drover")
    @SuppressWarnings("NullAway.Init") // injected
    private DataSource dataSource;

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Reading read() {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(SECONDS)) {
                return Reading.down("The database does not answer.");
            }
            var product = connection.getMetaData();
            return new Reading(
                    true,
                    "The database answers.",
                    Map.of("product", product.getDatabaseProductName() + " " + product.getDatabaseProductVersion()));
        } catch (SQLException e) {
            LOG.log(Level.FINE, "the database does not answer", e);
            return Reading.down("The database cannot be reached.");
        }
    }
}
