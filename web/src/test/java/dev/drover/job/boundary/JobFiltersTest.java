// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.job.entity.JobFilter;
import dev.drover.job.entity.JobStatus;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobFiltersTest {

    private final Checks checks = new Checks();

    @Test
    void activeMeansEveryStatusThatIsNotTheLast() {
        assertThat(withStatus("active").statuses())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(JobStatus.values())
                        .filter(status -> !status.isTerminal())
                        .toList());
    }

    @Test
    void statusesComeWithCommasOrRepeated() {
        assertThat(withStatus("failed,cancelled", "queued").statuses())
                .containsExactlyInAnyOrder(JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.QUEUED);
    }

    @Test
    void labelsComeWithEitherSign() {
        JobFilter filter = JobFilters.of(checks, List.of(), null, null, null, List.of("team:shop", "run=a=b:c"), null);

        assertThat(filter.labels()).isEqualTo(Map.of("team", "shop", "run", "a=b:c"));
    }

    @Test
    void anUnknownStatusIsRefused() {
        withStatus("done");

        assertThatThrownBy(checks::refuseIfAny).isInstanceOf(DroverException.class);
    }

    @Test
    void aLabelWithoutAValueIsRefused() {
        JobFilters.of(checks, List.of(), null, null, null, List.of("team"), null);

        assertThatThrownBy(checks::refuseIfAny).isInstanceOf(DroverException.class);
    }

    private JobFilter withStatus(String... statuses) {
        return JobFilters.of(checks, List.of(statuses), null, null, null, List.of(), null);
    }
}
