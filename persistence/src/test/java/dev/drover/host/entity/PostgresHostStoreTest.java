// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.entity;

import dev.drover.job.entity.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresHostStoreTest extends HostStoreContract {

    private static TestDatabase postgres;

    @BeforeAll
    static void startServer() {
        postgres = TestDatabase.postgres();
    }

    @AfterAll
    static void stopServer() {
        // Not there when the test was skipped.
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    DataSource database() {
        return postgres.dataSource();
    }
}
