// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import dev.drover.job.entity.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.postgresql.ds.PGSimpleDataSource;

@EnabledIfEnvironmentVariable(named = TestDatabase.POSTGRES_VARIABLE, matches = "jdbc:.*")
class PostgresIdempotencyStoreTest extends IdempotencyStoreContract {

    @Override
    DataSource database() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(System.getenv(TestDatabase.POSTGRES_VARIABLE));
        return database;
    }
}
