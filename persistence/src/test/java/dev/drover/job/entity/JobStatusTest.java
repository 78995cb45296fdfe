// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStatusTest {

    @Test
    void onlySuccessFailureAndCancellationAreTheEnd() {
        assertThat(EnumSet.allOf(JobStatus.class))
                .filteredOn(JobStatus::isTerminal)
                .containsExactlyInAnyOrder(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void everyStatusThatIsNoEndCanBeCancelled(JobStatus status) {
        assertThat(status.isTerminal() || status.next().contains(JobStatus.CANCELLED))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void namesOnTheWireGoBothWays(JobStatus status) {
        assertThat(JobStatus.ofWireName(status.wireName())).contains(status);
    }
}
