// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.event.control.EventFanout;
import dev.drover.event.control.EventOutbox;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobStore;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.job.entity.Written;
import dev.drover.security.entity.Owner;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.DiskSync;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of writes while the database is away, or does not want one of them. */
@Timeout(30)
class JobLedgerTest {

    private final Store store = new Store();
    private final Disk disk = new Disk();
    private final JobLedger ledger = new JobLedger(store, new Silence(), new Nobody(), new NoTransaction());
    private final Job job = job();

    @BeforeEach
    void start() {
        ledger.start(Thread::new, new DiskSync(disk.dataSource(), DatabaseKind.H2));
    }

    @AfterEach
    void stop() {
        store.away = false;
        disk.full = false;
        ledger.stop();
    }

    @Test
    void whatAnAttemptHasToWriteWaitsForTheDatabaseAndKeepsItsOrder() throws Exception {
        store.away = true;
        List<Integer> numbers = IntStream.range(2, 40).boxed().toList();
        List<CompletableFuture<Boolean>> answers = numbers.stream()
                .map(seq -> {
                    CompletableFuture<Boolean> answer = new CompletableFuture<>();
                    ledger.write(log(seq), (accepted, failure) -> answer.complete(failure == null));
                    return answer;
                })
                .toList();
        await().until(() -> store.refusals.get() > 1);
        assertThat(answers).noneMatch(CompletableFuture::isDone);

        store.away = false;

        for (CompletableFuture<Boolean> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(store.written).isEqualTo(numbers);
        assertThat(ledger.backlog()).isZero();
    }

    @Test
    void aClientIsToldAtOnceThatTheDatabaseIsAway() {
        store.away = true;

        assertThatThrownBy(() -> ledger.writeAndWait(new JobWrite.RequestCancel(job.id(), null, false)))
                .hasRootCauseMessage("away");
    }

    @Test
    void aWriteThatTheDatabaseRefusesIsNotTriedAgainAndHoldsUpNoOther() throws Exception {
        store.refused = 3;
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        CompletableFuture<Boolean> other = new CompletableFuture<>();

        ledger.write(log(3), (accepted, failure) -> refused.complete(failure == null));
        ledger.write(log(4), (accepted, failure) -> other.complete(failure == null));

        assertThat(refused.get(10, TimeUnit.SECONDS)).isFalse();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.written).containsExactly(4);
    }

    @Test
    void whatTheDatabaseShowsButHasNotOnItsDiskIsWrittenAgain() throws Exception {
        disk.full = true;
        store.showsWhatItHas = true;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        ledger.write(log(2), (accepted, failure) -> answer.complete(failure == null));
        await().until(() -> store.refusals.get() > 1);
        assertThat(answer).isNotDone();

        store.away = true;
        int seen = store.refusals.get();
        await().until(() -> store.refusals.get() > seen + 1);
        store.written.clear();
        disk.full = false;
        store.away = false;

        assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(store.written).containsExactly(2);
    }

    @Test
    void aServerThatStopsWaitsForNoDatabase() throws Exception {
        store.away = true;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        ledger.write(log(2), (accepted, failure) -> answer.complete(failure == null));
        await().until(() -> store.refusals.get() > 1);

        ledger.stop();

        assertThat(answer.get(10, TimeUnit.SECONDS)).isFalse();
    }

    private JobWrite.Advance log(int seq) {
        return new JobWrite.Advance(job, 1, null, 0, null, null, JobNotices.log(seq, Instant.now(), "x"));
    }

    private static Job job() {
        return new Job(new NewJob(
                UUID.randomUUID(),
                new Owner("default", "alice"),
                "thing",
                Lane.PLAIN,
                "{}",
                "{}",
                Map.of(),
                "{}",
                JobPriority.NORMAL,
                3,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                null,
                null,
                "0".repeat(32),
                null,
                Instant.now()));
    }

    /** Notes the numbers of what is written. */
    private static final class Store extends JobStore {
        private final List<Integer> written = new CopyOnWriteArrayList<>();
        private volatile boolean away;
        private volatile int refused;
        private volatile boolean showsWhatItHas;
        private final AtomicInteger refusals = new AtomicInteger();

        @Override
        public Written write(List<? extends JobWrite<?>> writes) {
            if (away) {
                refusals.incrementAndGet();
                throw new PersistenceException(new SQLException("away", "08006"));
            }
            List<Integer> numbers = writes.stream()
                    .filter(JobWrite.Advance.class::isInstance)
                    .map(write -> ((JobWrite.Advance) write).notice().seq())
                    .toList();
            if (showsWhatItHas && numbers.stream().anyMatch(written::contains)) {
                refusals.incrementAndGet();
                throw new PersistenceException(new SQLException("there already", "23505"));
            }
            if (numbers.contains(refused)) {
                throw new PersistenceException(new SQLException("twice", "23505"));
            }
            written.addAll(numbers);
            return new Written(Collections.nCopies(writes.size(), true), List.of());
        }
    }

    /** The disk of an H2, with room or without. */
    private static final class Disk {
        private volatile boolean full;

        DataSource dataSource() {
            return (DataSource) Proxy.newProxyInstance(
                    Disk.class.getClassLoader(),
                    new Class<?>[] {DataSource.class, Connection.class, Statement.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getConnection", "createStatement" -> proxy;
                        case "isClosed" -> false;
                        case "close" -> null;
                        case "execute" -> {
                            if (full) {
                                throw new SQLException("no room", "90028");
                            }
                            yield false;
                        }
                        default -> throw new AssertionError(method);
                    });
        }
    }

    private static final class Silence extends EventFanout {
        @Override
        public void publish(List<JobEvent> events, Map<UUID, Map<String, String>> labels) {}
    }

    private static final class Nobody implements EventOutbox {
        @Override
        public boolean hasListeners() {
            return false;
        }

        @Override
        public Runnable keep(List<JobEvent> events, Map<UUID, Source> wanted) {
            return () -> {};
        }
    }

    private static final class NoTransaction implements UserTransaction {
        @Override
        public void begin() {}

        @Override
        public void commit() {}

        @Override
        public void rollback() {}

        @Override
        public void setRollbackOnly() {}

        @Override
        public int getStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }
}
