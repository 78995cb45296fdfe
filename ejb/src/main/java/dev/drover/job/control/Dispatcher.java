// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the ids of jobs whose rows are committed to the queue of their lane, from one thread, so that submitting never
 * waits for the broker. What cannot be sent is left to the {@link JobSweeper}: the row is the outbox.
 */
@ApplicationScoped
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());
    private static final int LARGEST_GROUP = 200;

    /** Long enough for a job that a free worker takes at once to need no mark, shorter than what the sweeper waits. */
    private static final Duration MARK_AFTER = Duration.ofSeconds(1);

    /** A message: the rest of the job is in its row. */
    private record Letter(
            UUID jobId, Lane lane, int priority, @Nullable Instant notBefore) {
        static Letter of(Job job, int priority, @Nullable Instant notBefore) {
            return new Letter(job.id(), job.lane(), priority, notBefore);
        }
    }

    private final LinkedBlockingQueue<Letter> outgoing = new LinkedBlockingQueue<>(100_000);

    private JobLedger ledger;
    private FairShare shares;
    private Clock clock;
    private Thread sender;

    @Resource(lookup = "jms/drover")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/jobs-browser")
    private Queue browserLane;

    @Resource(lookup = "jms/jobs-plain")
    private Queue plainLane;

    @Resource
    private ManagedThreadFactory threads;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Dispatcher() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest is injected or starts with the bean
    public Dispatcher(JobLedger ledger, FairShare shares, Clock clock) {
        this.ledger = ledger;
        this.shares = shares;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        sender = threads.newThread(this::sendOn);
        sender.setName("drover-dispatcher");
        sender.start();
    }

    @PreDestroy
    void stop() {
        sender.interrupt();
    }

    /** Hands over a job whose row is committed. Where too many wait already, the sweeper sends it later. */
    void dispatch(Job job) {
        dispatch(job, job.notBefore());
    }

    /** Hands over a job that is not to be started before a time: the broker keeps the message until then. */
    void dispatch(Job job, @Nullable Instant notBefore) {
        outgoing.offer(Letter.of(job, shares.enqueued(job), notBefore));
    }

    /** Hands over a job that was handed over before and is to come sooner than that. */
    void hasten(FairShare.Turn turn) {
        outgoing.offer(Letter.of(turn.job(), turn.priority(), null));
    }

    private void sendOn() {
        List<Letter> letters = new ArrayList<>(LARGEST_GROUP);
        List<UUID> sent = new ArrayList<>();
        Instant markAt = Instant.MAX;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Letter first = sent.isEmpty() ? outgoing.take() : outgoing.poll(untilNext(markAt), MILLISECONDS);
                if (first != null) {
                    letters.add(first);
                    outgoing.drainTo(letters, LARGEST_GROUP - 1);
                    markAt = sent.isEmpty() ? clock.instant().plus(MARK_AFTER) : markAt;
                    send(letters, sent);
                    letters.clear();
                }
                if (!sent.isEmpty() && !clock.instant().isBefore(markAt)) {
                    mark(List.copyOf(sent));
                    sent.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long untilNext(Instant markAt) {
        return Math.max(0, Duration.between(clock.instant(), markAt).toMillis());
    }

    private void send(List<Letter> letters, List<UUID> sent) {
        try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
            JMSProducer producer = context.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            for (Letter letter : letters) {
                producer.setPriority(letter.priority())
                        .setDeliveryDelay(delay(letter).toMillis())
                        .send(
                                letter.lane() == Lane.BROWSER ? browserLane : plainLane,
                                letter.jobId().toString());
                sent.add(letter.jobId());
            }
        } catch (RuntimeException e) {
            // Whatever it is: the sender must go on.
            LOG.log(Level.WARNING, "DROVER0021 the broker does not take jobs; the sweeper sends them later", e);
        }
    }

    /** Only rows that still wait take the mark, so under light load it costs a look at the row and no write. */
    private void mark(List<UUID> sent) {
        ledger.write(new JobWrite.Dispatched(sent, clock.instant()), (marked, failure) -> {
            if (failure != null) {
                LOG.log(Level.WARNING, "DROVER0022 sent jobs could not be marked; they are sent again", failure);
            }
        });
    }

    private Duration delay(Letter letter) {
        Instant due = letter.notBefore();
        Duration delay = due == null ? Duration.ZERO : Duration.between(clock.instant(), due);
        return delay.isNegative() ? Duration.ZERO : delay;
    }
}
