// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.LaneDepth;
import dev.drover.system.control.MBeanRegistrations;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class JobViewsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger sweeps = new AtomicInteger();
    private final JobRoom room = new JobRoom(context -> context.params());
    private final JobViews views = new JobViews(
            new QueueDepths(new Queries(), Clock.fixed(NOW, ZoneOffset.UTC)),
            room.runner,
            room.running,
            new Meters(),
            room.ledger,
            new Sweeper(),
            new MBeanRegistrations(server));

    @Test
    void aQueueIsShownWithItsDepthAndItsOldestWait() throws Exception {
        show();
        ObjectName browser = MBeanRegistrations.nameOf("type=Queue,name=browser");
        ObjectName plain = MBeanRegistrations.nameOf("type=Queue,name=plain");

        assertThat(server.getAttribute(browser, "Queued")).isEqualTo(12L);
        assertThat(server.getAttribute(browser, "Running")).isEqualTo(2L);
        assertThat(server.getAttribute(browser, "OldestWaitSeconds")).isEqualTo(90L);
        assertThat(server.getAttribute(plain, "Queued")).isEqualTo(0L);
        assertThat(server.getAttribute(plain, "OldestWaitSeconds")).isEqualTo(0L);
    }

    @Test
    void allNumbersOfAMomentComeFromOneRead() throws Exception {
        show();
        ObjectName browser = MBeanRegistrations.nameOf("type=Queue,name=browser");

        for (String attribute : new String[] {"Scheduled", "Queued", "Running", "WaitingForHuman", "Retrying"}) {
            server.getAttribute(browser, attribute);
        }

        assertThat(reads).hasValue(1);
    }

    @Test
    void theJobsAreShownByTheirEnds() throws Exception {
        show();
        ObjectName jobs = MBeanRegistrations.nameOf("type=Jobs");

        assertThat(server.getAttribute(jobs, "Submitted")).isEqualTo(5L);
        assertThat(server.getAttribute(jobs, "Succeeded")).isEqualTo(3L);
        assertThat(server.getAttribute(jobs, "Failed")).isEqualTo(0L);
        assertThat(server.getAttribute(jobs, "Running")).isEqualTo(0);
    }

    @Test
    void anOperatorSweepsNow() throws Exception {
        show();

        server.invoke(MBeanRegistrations.nameOf("type=Jobs"), "sweepNow", null, null);

        assertThat(sweeps).hasValue(1);
    }

    @Test
    void nothingIsShownOnceTheApplicationHasStopped() throws Exception {
        show();

        views.stop();

        assertThat(server.queryNames(new ObjectName("dev.drover:*"), null)).isEmpty();
    }

    private void show() {
        views.show(new JobViews.InContext() {
            @Override
            public <T> T of(T bean, Class<T> type) {
                return bean;
            }
        });
    }

    private final class Queries extends JobQueries {
        @Override
        public Map<Lane, LaneDepth> depths() {
            reads.incrementAndGet();
            return Map.of(
                    Lane.BROWSER,
                    new LaneDepth(Map.of(JobStatus.QUEUED, 12L, JobStatus.RUNNING, 2L), NOW.minusSeconds(90)));
        }
    }

    private static final class Meters extends JobMeters {
        @Override
        long submitted() {
            return 5;
        }

        @Override
        long ended(JobStatus end) {
            return end == JobStatus.SUCCEEDED ? 3 : 0;
        }
    }

    private final class Sweeper extends JobSweeper {
        @Override
        public void sweepNow() {
            sweeps.incrementAndGet();
        }
    }
}
