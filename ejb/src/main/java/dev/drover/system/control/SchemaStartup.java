// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Takes the data folder and migrates the schema, before anything else of the application works. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaStartup {

    private static final Logger LOG = Logger.getLogger(SchemaStartup.class.getName());

    @Resource(lookup = "jdbc/drover-migration")
    private DataSource dataSource;

    @Inject
    private NodeIdentity node;

    @SuppressWarnings("NullAway.Init") // injected
    public SchemaStartup() {}

    @PostConstruct
    void migrate() {
        DatabaseKind kind = DatabaseKind.of(dataSource);
        String version = SchemaMigration.migrate(dataSource, kind);
        LOG.info(() -> "DROVER0001 node %s, version %s, data in %s, %s schema at %s"
                .formatted(node.name(), node.version(), node.dataRoot(), kind, version));
    }
}
