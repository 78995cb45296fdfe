// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.job.control.JobLedger;
import dev.drover.job.control.QueueDepths;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.Lane;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Vital;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the facts by which the service is judged. Costs a few milliseconds, and no more than some seconds if things hang. */
@ApplicationScoped
public class FactsReader {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS_AT_THE_QUEUE = Duration.ofSeconds(10);

    /** However long a look took: one that was slow, as the first after a start, is not to make the service blind. */
    private static final Duration LONGEST_WITHOUT_A_LOOK = Duration.ofSeconds(30);

    /** Counting a long queue takes its time: at most this share of a core goes to it. */
    private static final int REST_OF_A_LOOK = 100;

    /** The broker, the database and this node start together: so long after it, what has not answered yet is not missed. */
    private static final Duration START = Duration.ofSeconds(90);

    /** What was last known of the queue. */
    private record Queue(long waiting, long running, Duration oldestWait) {
        static final Queue EMPTY = new Queue(0, 0, Duration.ZERO);
    }

    private Instance<Vital> vitals;
    private BrowserPool browsers;
    private QueueDepths depths;
    private JobLedger ledger;
    private SiteBreakers sites;
    private NodeIdentity node;
    private Clock clock;
    private final Map<String, Answers> answers = new HashMap<>();
    private PatientReads reads;
    private Queue queue = Queue.EMPTY;
    private Instant nextLookAtTheQueue = Instant.MIN;

    @Resource
    private ManagedExecutorService threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected FactsReader() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the threads are injected later
    public FactsReader(
            @Any Instance<Vital> vitals,
            BrowserPool browsers,
            QueueDepths depths,
            JobLedger ledger,
            SiteBreakers sites,
            NodeIdentity node,
            Clock clock) {
        this.vitals = vitals;
        this.browsers = browsers;
        this.depths = depths;
        this.ledger = ledger;
        this.sites = sites;
        this.node = node;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        reads = new PatientReads(threads, PATIENCE);
    }

    ServiceFacts read() {
        boolean databaseUp = isUp("database");
        boolean brokerUp = isUp("broker");
        if (databaseUp) {
            lookAtTheQueue();
        }
        SiteBreakers.Count breakers = sites.count();
        int broken = (int) browsers.workers().stream()
                .filter(worker -> worker.state() == State.BROKEN)
                .count();
        return new ServiceFacts(
                databaseUp,
                brokerUp,
                browsers.size(),
                Math.min(broken, browsers.size()),
                queue.waiting(),
                queue.running(),
                queue.oldestWait(),
                breakers.all(),
                breakers.notClosed(),
                diskFree(),
                ledger.backlog());
    }

    private boolean isUp(String name) {
        for (Vital vital : vitals) {
            if (vital.name().equals(name)) {
                Optional<Boolean> answer =
                        reads.read(name, () -> Optional.of(vital.read().ready()), Optional.empty());
                return answers.computeIfAbsent(name, unknown -> new Answers())
                        .isUp(answer, Duration.between(node.startedAt(), clock.instant()));
            }
        }
        return true;
    }

    /** What one thing has answered so far. */
    static final class Answers {
        private boolean everUp;
        private int missing;

        /**
         * Whether it is up. One answer that does not come in time may be the fault of a busy machine; two are not.
         *
         * @param answer nothing when none came in time
         */
        boolean isUp(Optional<Boolean> answer, Duration sinceStart) {
            boolean up = answer.orElse(missing == 0);
            missing = answer.isPresent() ? 0 : missing + 1;
            everUp |= answer.orElse(false);
            return up || (!everUp && sinceStart.compareTo(START) < 0);
        }
    }

    private void lookAtTheQueue() {
        Instant now = clock.instant();
        if (now.isBefore(nextLookAtTheQueue) && nextLookAtTheQueue.isBefore(now.plusSeconds(3600))) {
            return;
        }
        long started = System.nanoTime();
        queue = reads.read("queue", this::queueNow, queue);
        long rest = (System.nanoTime() - started) * REST_OF_A_LOOK;
        nextLookAtTheQueue =
                now.plusNanos(Math.clamp(rest, BETWEEN_LOOKS_AT_THE_QUEUE.toNanos(), LONGEST_WITHOUT_A_LOOK.toNanos()));
    }

    private Queue queueNow() {
        long waiting = 0;
        long running = 0;
        Duration oldest = Duration.ZERO;
        for (Lane lane : Lane.values()) {
            waiting += depths.of(lane).in(JobStatus.QUEUED);
            running += depths.of(lane).in(JobStatus.RUNNING);
            Duration waited = depths.oldestWait(lane);
            oldest = waited.compareTo(oldest) > 0 ? waited : oldest;
        }
        return new Queue(waiting, running, oldest);
    }

    private long diskFree() {
        try {
            return Files.getFileStore(node.dataRoot()).getUsableSpace();
        } catch (IOException e) {
            // The file system does not tell.
            return Long.MAX_VALUE;
        }
    }
}
