// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import dev.drover.job.entity.TestDatabase;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class PostgresTestingStoreTest extends TestingStoreContract {

    private @Nullable TestDatabase postgres;

    @AfterAll
    void stopServer() {
        // Not there when the test was skipped.
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    DataSource database() {
        TestDatabase started = TestDatabase.postgres();
        postgres = started;
        return started.dataSource();
    }
}
