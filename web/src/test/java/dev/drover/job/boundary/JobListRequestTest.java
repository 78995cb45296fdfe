// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.DroverException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobListRequestTest {

    @Test
    void activeMeansEveryStatusThatIsNotTheLast() {
        JobListRequest request = JobListRequest.of(List.of("active"), null, null, null, List.of(), "50", null);

        assertThat(request.filter().statuses())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobStatus.values())
                        .filter(status -> !status.isTerminal())
                        .toList());
    }

    @Test
    void statusesComeWithCommasOrRepeated() {
        JobListRequest request =
                JobListRequest.of(List.of("failed,cancelled", "queued"), null, null, null, List.of(), "50", null);

        assertThat(request.filter().statuses())
                .containsExactlyInAnyOrder(JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.QUEUED);
    }

    @Test
    void labelsComeWithEitherSign() {
        JobListRequest request =
                JobListRequest.of(List.of(), null, null, null, List.of("team:shop", "run=a=b:c"), "50", null);

        assertThat(request.filter().labels()).isEqualTo(Map.of("team", "shop", "run", "a=b:c"));
    }

    @Test
    void aCursorIsTheJobBefore() {
        UUID last = UUID.randomUUID();

        assertThat(JobListRequest.of(List.of(), null, null, null, List.of(), "50", last.toString())
                        .filter()
                        .before())
                .isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "ten", ""})
    void aLimitOutsideTheUsualIsRefused(String limit) {
        assertThatThrownBy(() -> JobListRequest.of(List.of(), null, null, null, List.of(), limit, null))
                .isInstanceOf(DroverException.class);
    }

    @Test
    void anUnknownStatusIsRefused() {
        assertThatThrownBy(() -> JobListRequest.of(List.of("done"), null, null, null, List.of(), "50", null))
                .isInstanceOf(DroverException.class);
    }
}
