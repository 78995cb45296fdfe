// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the schema of a database to the version that this build needs. Standard SQL lies in {@code common}; what one
 * database alone needs lies in a folder of its name. Several nodes may start at once: Flyway takes a lock.
 */
public final class SchemaMigration {

    private static final String LOCATION = "classpath:db/migration/";

    private SchemaMigration() {}

    /**
     * Applies what is missing.
     *
     * @param dataSource of connections that take part in no transaction of the container
     * @return the version of the schema afterwards
     * @throws IllegalStateException when no migration was found, which Flyway would report as success
     */
    public static String migrate(DataSource dataSource, DatabaseKind kind) {
        Flyway flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations(
                        List.of(LOCATION + "common", LOCATION + kind.folder()).toArray(String[]::new))
                // Every room has a range of numbers of its own: one of a lower range may come later.
                .outOfOrder(true)
                .load();
        MigrateResult result = flyway.migrate();
        if (flyway.info().applied().length == 0) {
            throw new IllegalStateException("no database migration was found on the class path");
        }
        return result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
    }
}
