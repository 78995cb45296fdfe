// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.Lane;
import dev.drover.reliability.control.ServiceWatch.Change;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceWatchTest {

    private final SteppedClock clock = new SteppedClock();
    private final List<String> refused = new ArrayList<>();
    private final ServiceWatch watch = new ServiceWatch(
            ServiceHealthTest.SETTINGS,
            new ServiceMeters() {
                @Override
                void refused(ServiceLevel level, JobPriority priority) {
                    refused.add(level.wireName() + " " + priority.wireName());
                }
            },
            clock);

    @Test
    void beforeAnythingIsKnownAllJobsAreTaken() {
        admit(JobPriority.LOW);
    }

    @Test
    void aDegradedServiceTakesNoJobsOfLowPriority() {
        watch.judge(ServiceHealthTest.with("broker", 0));

        assertThatThrownBy(() -> admit(JobPriority.LOW)).isInstanceOfSatisfying(DroverException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.SERVICE_DEGRADED);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(30));
            assertThat(refusal).hasMessageContaining("degraded").hasMessageContaining("The broker");
        });
        admit(JobPriority.NORMAL);
        assertThat(refused).containsExactly("degraded low");
    }

    @Test
    void inAnEmergencyNoJobIsTaken() {
        watch.judge(ServiceHealthTest.with("disk", 1));

        for (JobPriority priority : JobPriority.values()) {
            assertThatThrownBy(() -> admit(priority)).isInstanceOf(DroverException.class);
        }
    }

    @Test
    void itRecoversByItself() {
        watch.judge(ServiceHealthTest.with("database", 0));
        clock.step(Duration.ofSeconds(5));
        watch.judge(ServiceFacts.WELL);
        assertThatThrownBy(() -> admit(JobPriority.URGENT)).hasMessageContaining("about to recover");

        clock.step(Duration.ofSeconds(30));
        watch.judge(ServiceFacts.WELL);

        assertThatCode(() -> admit(JobPriority.LOW)).doesNotThrowAnyException();
    }

    @Test
    void theLastChangesAreRemembered() {
        for (int i = 0; i < 100; i++) {
            watch.judge(ServiceHealthTest.with("ledger", 2000));
            clock.step(Duration.ofSeconds(31));
            watch.judge(ServiceFacts.WELL);
            clock.step(Duration.ofSeconds(31));
            watch.judge(ServiceFacts.WELL);
        }

        assertThat(watch.changes()).hasSize(50);
        assertThat(watch.changes().getFirst())
                .isEqualTo(new Change(clock.instant(), ServiceLevel.DEGRADED, ServiceLevel.FULL, ""));
        assertThat(watch.changes().get(1).reasons()).isEqualTo("2000 writes wait for the database.");
        assertThat(watch.current().since()).isEqualTo(clock.instant());
    }

    private void admit(JobPriority priority) {
        watch.admit(Lane.BROWSER, priority);
    }
}
