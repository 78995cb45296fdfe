// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a stop short. When the process is told to end, the server first pauses the queue listeners and waits for the jobs
 * that they run, for longer than whoever stops it waits. So the jobs that do not end soon are interrupted here and go back
 * to the queue.
 *
 * <p>The signal reaches an application only as a shutdown hook of the JVM: its own end comes after that wait.
 */
@ApplicationScoped
public class ServerStop {

    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningJobs running;
    private Duration grace;
    private Thread hook;

    @Resource
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected ServerStop() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // threads are injected, the hook is made at start
    public ServerStop(RunningJobs running, JobSettings settings) {
        this.running = running;
        this.grace = settings.stopGrace();
    }

    void start(@Observes Startup event) {
        start(threads);
    }

    void start(ThreadFactory threadFactory) {
        hook = threadFactory.newThread(() -> endWithin(grace));
        hook.setName("drover-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Lets the jobs end within the time, and hands back what is left; returns early once the application has stopped. */
    void endWithin(Duration time) {
        try {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.handBack();
    }

    @PreDestroy
    void stop() {
        running.handBack();
        stopped.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends: the hook runs or has run.
        }
    }
}
