// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.event.control.EventFanout;
import dev.drover.event.control.EventOutbox;
import dev.drover.job.entity.Claim;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobStore;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Written;
import dev.drover.system.control.Json;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.DiskSync;
import dev.drover.system.entity.Outage;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ways of all jobs of this node, from one thread. Whatever has come while it wrote goes into its next
 * transaction (group commit), so a commit and a flush of the disk are shared by as many writes as there is load. After
 * the commit the events go out, in the order of the writes, and only then are the writers told.
 *
 * <p>New jobs go first: a client waits for each of them, while a job on its way waits in a queue anyhow. Beside them each
 * group has room for some of the others, so that nothing stands still under a storm of submissions.
 *
 * <p>While the database is away, clients are told so at once; what attempts have to write waits until it is back, so that
 * an outage costs no attempt, no event and no result.
 */
@ApplicationScoped
public class JobLedger {

    private static final Logger LOG = Logger.getLogger(JobLedger.class.getName());
    private static final int LARGEST_GROUP = 256;
    private static final int BESIDE_NEW_JOBS = 16;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private record Entry<R>(JobWrite<R> write, CompletableFuture<R> answer) {
        @SuppressWarnings("unchecked") // the store answers every kind of write with its own type
        void complete(Object value) {
            answer.complete((R) value);
        }
    }

    /** @param sending what waits for the commit */
    private record Committed(Written written, Runnable sending) {}

    private final LinkedBlockingQueue<Entry<?>> pending = new LinkedBlockingQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile int putOff;

    private JobStore store;
    private EventFanout fanout;
    private EventOutbox outbox;
    private Thread writer;
    private DiskSync disk;

    @Resource
    private UserTransaction transaction;

    @Resource
    private ManagedThreadFactory threads;

    @Resource(lookup = "jdbc/drover-migration")
    private DataSource directDataSource;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobLedger() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest is injected or starts with the bean
    public JobLedger(JobStore store, EventFanout fanout, EventOutbox outbox) {
        this.store = store;
        this.fanout = fanout;
        this.outbox = outbox;
    }

    JobLedger(JobStore store, EventFanout fanout, EventOutbox outbox, UserTransaction transaction) {
        this(store, fanout, outbox);
        this.transaction = transaction;
    }

    @PostConstruct
    void start() {
        start(threads, new DiskSync(directDataSource, DatabaseKind.of(directDataSource)));
    }

    void start(ThreadFactory factory, DiskSync sync) {
        disk = sync;
        writer = factory.newThread(this::writeOn);
        writer.setName("drover-job-ledger");
        writer.start();
    }

    /** Writes what is pending, and ends. */
    @PreDestroy
    void stop() {
        // Not by an interrupt: one that hits H2 while it writes closes its file.
        stopping = true;
        stop.countDown();
        pending.add(new Entry<>(new JobWrite.Dispatched(List.of(), Instant.EPOCH), new CompletableFuture<>()));
        try {
            writer.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Queues a write. The answer comes on the ledger's own thread, once the write is on disk or was refused; whoever takes
     * it there must not wait for anything.
     */
    <R> void write(JobWrite<R> write, BiConsumer<? super @Nullable R, ? super @Nullable Throwable> answered) {
        CompletableFuture<R> unused = submit(write).whenComplete(answered);
    }

    private <R> CompletableFuture<R> submit(JobWrite<R> write) {
        Entry<R> entry = new Entry<>(write, new CompletableFuture<>());
        if (stopping) {
            entry.answer().completeExceptionally(new CancellationException("the server is stopping"));
        } else {
            pending.add(entry);
        }
        return entry.answer();
    }

    /**
     * Queues a write and waits for its answer.
     *
     * @throws RuntimeException that the database refused the write with
     */
    public <R> R writeAndWait(JobWrite<R> write) {
        return answer(submit(write));
    }

    /**
     * Queues writes, which share transactions, and waits for all their answers.
     *
     * @return the answers in the order of the writes
     * @throws RuntimeException that the database refused one of them with
     */
    public <R> List<R> writeAndWait(List<? extends JobWrite<R>> writes) {
        List<CompletableFuture<R>> answers =
                writes.stream().map(write -> submit(write)).toList();
        return answers.stream().map(JobLedger::answer).toList();
    }

    private static <R> R answer(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Removes jobs with everything that belongs to them, in a transaction of its own on the caller's thread.
     *
     * @throws IllegalStateException when the database refused it
     */
    void remove(List<UUID> jobIds) {
        inOwnTransaction(() -> store.remove(jobIds));
    }

    private void inOwnTransaction(Runnable work) {
        try {
            transaction.begin();
            try {
                work.run();
                transaction.commit();
            } catch (RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new IllegalStateException("the transaction failed", e);
        }
    }

    /** How many writes wait for the next transaction. */
    public int backlog() {
        return pending.size() + putOff;
    }

    private void writeOn() {
        Deque<Entry<?>> submissions = new ArrayDeque<>();
        Deque<Entry<?>> others = new ArrayDeque<>();
        List<Entry<?>> arrived = new ArrayList<>();
        try {
            while (!stopping || backlog() > 0) {
                if (submissions.isEmpty() && others.isEmpty()) {
                    arrived.add(pending.take());
                }
                pending.drainTo(arrived);
                arrived.forEach(entry -> (entry.write() instanceof JobWrite.Submit ? submissions : others).add(entry));
                arrived.clear();
                List<Entry<?>> group = new ArrayList<>();
                int room = submissions.isEmpty() ? LARGEST_GROUP : BESIDE_NEW_JOBS;
                move(submissions, group, LARGEST_GROUP);
                move(others, group, room);
                putOff = submissions.size() + others.size();
                List<Entry<?>> waiting = commit(group);
                if (!waiting.isEmpty()) {
                    waiting.reversed().forEach(others::addFirst);
                    putOff = submissions.size() + others.size();
                    boolean unused = stop.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void move(Deque<Entry<?>> from, List<Entry<?>> to, int most) {
        for (int i = 0; i < most && !from.isEmpty(); i++) {
            to.add(from.remove());
        }
    }

    /** Returns what waits for the database to come back. */
    private List<Entry<?>> commit(List<Entry<?>> group) {
        try {
            Committed committed = inTransaction(group);
            Written written = committed.written();
            fanout.publish(written.events(), labels(group, written));
            committed.sending().run();
            for (int i = 0; i < group.size(); i++) {
                group.get(i).complete(written.answers().get(i));
            }
            return List.of();
        } catch (Exception e) {
            if (Outage.isBehind(e)) {
                return patient(group, e);
            }
            if (group.size() == 1) {
                return refused(group, e);
            }
            LOG.log(Level.FINE, "a group of writes failed; each goes on its own", e);
            return group.stream()
                    .flatMap(entry -> commit(List.of(entry)).stream())
                    .toList();
        }
    }

    /**
     * The database may refuse a write because it has it already, from before an outage. H2 shows what it could not bring to
     * its disk until it opens its file anew, so only what is on the disk is not tried again.
     */
    private List<Entry<?>> refused(List<Entry<?>> one, Exception refusal) {
        try {
            disk.flush();
        } catch (SQLException e) {
            return patient(one, e);
        }
        one.getFirst().answer().completeExceptionally(refusal);
        return List.of();
    }

    private List<Entry<?>> patient(List<Entry<?>> group, Exception outage) {
        LOG.log(Level.FINE, "the database is away", outage);
        List<Entry<?>> waiting = new ArrayList<>();
        for (Entry<?> entry : group) {
            if (!stopping && isPatient(entry.write())) {
                waiting.add(entry);
            } else {
                entry.answer().completeExceptionally(outage);
            }
        }
        return waiting;
    }

    /** Whether nobody but an attempt waits for the write. */
    private static boolean isPatient(JobWrite<?> write) {
        return switch (write) {
            case JobWrite.Take take -> true;
            case JobWrite.Advance advance -> true;
            case JobWrite.Keep keep -> true;
            case JobWrite.Tell tell -> true;
            case JobWrite.Ask question -> true;
            case JobWrite.GoOn goOn -> true;
            case JobWrite.Settle settle -> true;
            case JobWrite.HandBack back -> true;
            case JobWrite.Park park -> true;
            case JobWrite.Bury bury -> true;
            case JobWrite.Submit submit -> false;
            case JobWrite.SubmitBatch batch -> false;
            case JobWrite.Replay replay -> false;
            case JobWrite.Withdraw withdrawal -> false;
            case JobWrite.Answer given -> false;
            case JobWrite.RequestCancel request -> false;
            case JobWrite.Promote promotion -> false;
            case JobWrite.RenewLeases renewal -> false;
            case JobWrite.Dispatched dispatched -> false;
        };
    }

    private Committed inTransaction(List<Entry<?>> group) throws Exception {
        transaction.begin();
        try {
            Written written = store.write(group.stream().map(Entry::write).toList());
            Map<UUID, EventOutbox.Source> wanted = wanted(group, written);
            Runnable sending = wanted.isEmpty() ? () -> {} : outbox.keep(written.events(), wanted);
            transaction.commit();
            disk.flush();
            return new Committed(written, sending);
        } catch (Exception | Error e) {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
            throw e;
        }
    }

    /** Jobs whose events someone outside of the server is to be told; usually none. */
    private Map<UUID, EventOutbox.Source> wanted(List<Entry<?>> group, Written written) {
        boolean all = outbox.hasListeners();
        Map<UUID, EventOutbox.Source> wanted = new HashMap<>(0);
        for (int i = 0; i < group.size(); i++) {
            for (Job job : jobs(group.get(i).write(), written.answers().get(i))) {
                if (all || job.webhookUrl() != null) {
                    wanted.put(job.id(), new EventOutbox.Source(job.webhookUrl(), job.traceId()));
                }
            }
        }
        return wanted;
    }

    private static Map<UUID, Map<String, String>> labels(List<Entry<?>> group, Written written) {
        Map<UUID, Map<String, String>> labels = new HashMap<>();
        for (int i = 0; i < group.size(); i++) {
            for (Job job : jobs(group.get(i).write(), written.answers().get(i))) {
                if (!"{}".equals(job.labels())) {
                    labels.put(job.id(), Json.readTexts(job.labels()));
                }
            }
        }
        return labels;
    }

    @SuppressWarnings("unchecked") // the store answers a batch with its jobs
    private static List<Job> jobs(JobWrite<?> write, Object answer) {
        return switch (write) {
            case JobWrite.Submit submit -> List.of((Job) answer);
            case JobWrite.SubmitBatch batch -> (List<Job>) answer;
            case JobWrite.Take take -> answer instanceof Claim.Granted granted ? List.of(granted.job()) : List.of();
            case JobWrite.Noted noted -> List.of(noted.job());
            case JobWrite.Ending ending -> List.of(ending.job());
            case JobWrite.Answer given -> List.of();
            case JobWrite.RequestCancel request -> List.of();
            case JobWrite.RenewLeases renewal -> List.of();
            case JobWrite.Dispatched dispatched -> List.of();
        };
    }
}
