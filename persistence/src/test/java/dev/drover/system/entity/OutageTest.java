// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientConnectionException;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57P03", "53300", "90020", "90028", "90098"})
    void aDatabaseThatIsAwaySaysSoByItsState(String state) {
        assertThat(Outage.isBehind(new IllegalStateException(new SQLException("away", state))))
                .isTrue();
    }

    @Test
    void soDoesAPoolWithoutAConnectionToSpare() {
        assertThat(Outage.isBehind(new SQLTransientConnectionException("all are in use")))
                .isTrue();
    }

    @Test
    void theReasonMayStandBehindTheFailureOfABatch() {
        BatchUpdateException batch = new BatchUpdateException("batch", "00000", new int[0]);
        batch.setNextException(new SQLException("away", "08006"));

        assertThat(Outage.isBehind(batch)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED})
    void aFileThatH2CannotWriteIsOne(int code) {
        assertThat(Outage.isBehind(new SQLException("General error", "HY000", behind(code))))
                .isTrue();
    }

    @Test
    void aFileThatIsCorruptDoesNotComeBackByItself() {
        assertThat(Outage.isBehind(new SQLException("General error", "HY000", behind(DataUtils.ERROR_FILE_CORRUPT))))
                .isFalse();
    }

    private static Exception behind(int code) {
        return DataUtils.newMVStoreException(code, "Writing to {0} failed", "the file");
    }

    @Test
    void aStatementThatIsRefusedIsNone() {
        assertThat(Outage.isBehind(new SQLIntegrityConstraintViolationException("twice", "23505")))
                .isFalse();
        assertThat(Outage.isBehind(new SQLException("no state"))).isFalse();
        assertThat(Outage.isBehind(new IllegalArgumentException())).isFalse();
        assertThat(Outage.isBehind(null)).isFalse();
    }
}
