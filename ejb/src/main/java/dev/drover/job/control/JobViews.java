// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.LaneDepth;
import dev.drover.system.control.MBeanRegistrations;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Locale;

/** Shows the jobs and their queues to whoever watches the JVM. */
@ApplicationScoped
public class JobViews {

    /** Brings the context of the application to the calls of a bean. */
    interface InContext {
        <T> T of(T bean, Class<T> type);
    }

    private final MBeanRegistrations registrations;
    private QueueDepths depths;
    private JobRunner runner;
    private RunningJobs running;
    private JobMeters meters;
    private JobLedger ledger;
    private JobSweeper sweeper;

    @Resource
    private ContextService contexts;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobViews() {
        this.registrations = new MBeanRegistrations();
    }

    @Inject
    public JobViews(
            QueueDepths depths,
            JobRunner runner,
            RunningJobs running,
            JobMeters meters,
            JobLedger ledger,
            JobSweeper sweeper) {
        this(depths, runner, running, meters, ledger, sweeper, new MBeanRegistrations());
    }

    @SuppressWarnings("NullAway.Init") // the contexts are injected
    JobViews(
            QueueDepths depths,
            JobRunner runner,
            RunningJobs running,
            JobMeters meters,
            JobLedger ledger,
            JobSweeper sweeper,
            MBeanRegistrations registrations) {
        this.depths = depths;
        this.runner = runner;
        this.running = running;
        this.meters = meters;
        this.ledger = ledger;
        this.sweeper = sweeper;
        this.registrations = registrations;
    }

    /** Whoever asks comes on a thread of the server, which knows nothing of the application: its context is brought. */
    void start(@Observes Startup event) {
        show(contexts::createContextualProxy);
    }

    void show(InContext context) {
        for (Lane lane : Lane.values()) {
            registrations.add(
                    "type=Queue,name=" + lane.name().toLowerCase(Locale.ROOT),
                    QueueMXBean.class,
                    context.of(new OfLane(lane), QueueMXBean.class));
        }
        registrations.add("type=Jobs", JobsMXBean.class, context.of(new OfNode(), JobsMXBean.class));
    }

    @PreDestroy
    void stop() {
        registrations.close();
    }

    private final class OfLane implements QueueMXBean {
        private final Lane lane;

        OfLane(Lane lane) {
            this.lane = lane;
        }

        private LaneDepth depth() {
            return depths.of(lane);
        }

        @Override
        public long getScheduled() {
            return depth().in(JobStatus.SCHEDULED);
        }

        @Override
        public long getQueued() {
            return depth().in(JobStatus.QUEUED);
        }

        @Override
        public long getRunning() {
            return depth().in(JobStatus.RUNNING);
        }

        @Override
        public long getWaitingForHuman() {
            return depth().in(JobStatus.WAITING_FOR_HUMAN);
        }

        @Override
        public long getRetrying() {
            return depth().in(JobStatus.RETRYING);
        }

        @Override
        public long getOldestWaitSeconds() {
            return depths.oldestWait(lane).toSeconds();
        }

        @Override
        public int getSlotsOfThisNode() {
            return runner.slotsHere(lane);
        }
    }

    private final class OfNode implements JobsMXBean {
        @Override
        public long getSubmitted() {
            return meters.submitted();
        }

        @Override
        public int getRunning() {
            return running.size();
        }

        @Override
        public long getSucceeded() {
            return meters.ended(JobStatus.SUCCEEDED);
        }

        @Override
        public long getFailed() {
            return meters.ended(JobStatus.FAILED);
        }

        @Override
        public long getCancelled() {
            return meters.ended(JobStatus.CANCELLED);
        }

        @Override
        public long getHandedBack() {
            return meters.handedBack();
        }

        @Override
        public int getLedgerBacklog() {
            return ledger.backlog();
        }

        @Override
        public void sweepNow() {
            sweeper.sweepNow();
        }
    }
}
