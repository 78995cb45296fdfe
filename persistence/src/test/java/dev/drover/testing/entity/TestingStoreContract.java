// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.entity.DatabaseKind;
import dev.drover.system.entity.SchemaMigration;
import dev.drover.testing.entity.Execution.Failure;
import dev.drover.testing.entity.ExecutionStore.Filter;
import dev.drover.testing.entity.ExecutionStore.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the stores promise on every database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TestingStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00.123456Z");
    private static final Owner ALICE = new Owner("default", "alice");
    private static final Owner BOB = new Owner("default", "bob");
    private static final Scope ALICES = new Scope("default", "alice");
    private static final String STEPS = "[{\"action\":\"tap\",\"x\":100,\"y\":200}]";
    private static final Filter ALL = new Filter(null, null, null);

    private SessionFactory sessions;
    private TestCaseStore testCases;
    private ExecutionStore executions;

    abstract DataSource database();

    @BeforeAll
    void open() {
        DataSource database = database();
        SchemaMigration.migrate(database, DatabaseKind.of(database));
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Execution.class)
                .addAnnotatedClass(TestCase.class)
                .addAnnotatedClass(Job.class)
                .addAnnotatedClass(JobError.class)
                .addAnnotatedClass(JobFallback.class)
                .setProperty("hibernate.jdbc.time_zone", "UTC")
                // The container brings the transaction; here, every statement is one.
                .setProperty("hibernate.allow_update_outside_transaction", "true");
        configuration.getProperties().put("jakarta.persistence.nonJtaDataSource", database);
        sessions = configuration.buildSessionFactory();
        testCases = new TestCaseStore(sessions);
        executions = new ExecutionStore(sessions);
    }

    @BeforeEach
    void empty() {
        sessions.inStatelessTransaction(session -> {
            session.createMutationQuery("delete from Execution").executeUpdate();
            session.createMutationQuery("delete from TestCase").executeUpdate();
            session.createMutationQuery("delete from Job").executeUpdate();
        });
    }

    @AfterAll
    void close() {
        // Not there when the test was skipped.
        if (sessions != null) {
            sessions.close();
        }
    }

    @Test
    void aTestCaseComesBackAsItWentToThoseWhoMaySeeIt() {
        TestCase kept = testCase(ALICE, "Körprov kan bokas");

        assertThat(testCases.find(ALICES, kept.id())).hasValueSatisfying(found -> {
            assertThat(found.owner()).isEqualTo(ALICE);
            assertThat(found.content()).isEqualTo(new TestCase.Content("Körprov kan bokas", "", STEPS));
            assertThat(found.revision()).isEqualTo(1);
            assertThat(found.createdAt()).isEqualTo(NOW);
            assertThat(found.updatedAt()).isEqualTo(NOW);
        });
        assertThat(testCases.find(new Scope("default", "bob"), kept.id())).isEmpty();
        assertThat(testCases.find(new Scope("other", null), kept.id())).isEmpty();
    }

    @Test
    void testCasesAreListedNewestFirstInPages() {
        UUID oldest = testCase(ALICE, "1").id();
        UUID middle = testCase(ALICE, "2").id();
        UUID bobs = testCase(BOB, "3").id();
        UUID newest = testCase(ALICE, "4").id();

        assertThat(testCases.list(ALICES, null, 2)).extracting(TestCase::id).containsExactly(newest, middle);
        assertThat(testCases.list(ALICES, middle, 2)).extracting(TestCase::id).containsExactly(oldest);
        assertThat(testCases.list(Scope.EVERYTHING, null, 10))
                .extracting(TestCase::id)
                .containsExactly(newest, bobs, middle, oldest);
    }

    @Test
    void ofTwoChangesToTheSameRevisionOneIsMade() {
        TestCase seen = testCase(ALICE, "before");
        TestCase.Content after = new TestCase.Content("after", "with words", "[{\"action\":\"wait\"}]");

        assertThat(testCases.update(seen, after, NOW.plusSeconds(1))).isTrue();
        assertThat(testCases.update(seen, seen.content(), NOW.plusSeconds(2))).isFalse();
        assertThat(testCases.remove(seen)).isFalse();

        TestCase now = testCases.find(ALICES, seen.id()).orElseThrow();
        assertThat(now.content()).isEqualTo(after);
        assertThat(now.revision()).isEqualTo(2);
        assertThat(now.updatedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(testCases.remove(now)).isTrue();
        assertThat(testCases.find(ALICES, seen.id())).isEmpty();
    }

    @Test
    void executionsAreFoundByTestCaseAndStatus() {
        TestCase one = testCase(ALICE, "one");
        TestCase other = testCase(ALICE, "other");
        Execution first = execution(one, JobStatus.QUEUED);
        Execution second = execution(one, JobStatus.QUEUED);
        Execution third = execution(other, JobStatus.QUEUED);
        executions.follow(new Step(second.id(), ExecutionStatus.RUNNING, NOW, null, null), NOW);

        assertThat(ids(ALL)).containsExactly(third.id(), second.id(), first.id());
        assertThat(ids(new Filter(one.id(), null, null))).containsExactly(second.id(), first.id());
        assertThat(ids(new Filter(null, ExecutionStatus.RUNNING, null))).containsExactly(second.id());
        assertThat(ids(new Filter(one.id(), null, second.id()))).containsExactly(first.id());
        assertThat(executions.list(new Scope("default", "bob"), ALL, 10)).isEmpty();
    }

    @Test
    void anExecutionIsBehindUntilItStandsWhereItsJobStands() {
        TestCase testCase = testCase(ALICE, "one");
        Execution waits = execution(testCase, JobStatus.QUEUED);
        Execution runs = execution(testCase, JobStatus.RUNNING);
        Execution again = execution(testCase, JobStatus.RETRYING);
        Execution done = execution(testCase, JobStatus.SUCCEEDED);
        Execution failed = execution(testCase, JobStatus.FAILED);
        Execution cancelled = execution(testCase, JobStatus.CANCELLED);
        Execution orphan = new Execution(NewJob.nextId(), ALICE, testCase, place(), NOW);
        executions.insert(orphan);

        List<Step> behind = executions.behind(10);
        behind.forEach(
                step -> assertThat(executions.follow(step, NOW.plusSeconds(9))).isTrue());

        assertThat(behind)
                .extracting(Step::id, Step::status)
                .containsExactly(
                        tuple(runs.id(), ExecutionStatus.RUNNING),
                        tuple(again.id(), ExecutionStatus.RUNNING),
                        tuple(done.id(), ExecutionStatus.COMPLETED),
                        tuple(failed.id(), ExecutionStatus.FAILED),
                        tuple(cancelled.id(), ExecutionStatus.CANCELLED),
                        tuple(orphan.id(), ExecutionStatus.FAILED));
        assertThat(executions.behind(10)).isEmpty();
        assertThat(find(waits).status()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(find(runs)).satisfies(found -> {
            assertThat(found.startedAt()).isEqualTo(NOW.plusSeconds(1));
            assertThat(found.finishedAt()).isNull();
        });
        assertThat(find(done)).satisfies(found -> {
            assertThat(found.finishedAt()).isEqualTo(NOW.plusSeconds(2));
            assertThat(found.failure()).isNull();
        });
        assertThat(find(failed).failure()).isEqualTo(new Failure("expectation", "text_differs", "Step 1: no"));
        assertThat(find(orphan)).satisfies(found -> {
            assertThat(found.finishedAt()).isEqualTo(NOW.plusSeconds(9));
            assertThat(String.valueOf(found.failure())).contains("job_removed");
        });
    }

    @Test
    void whatHasEndedStaysAsItIs() {
        Execution execution = execution(testCase(ALICE, "one"), JobStatus.SUCCEEDED);
        Step end = executions.behind(10).getFirst();

        assertThat(executions.follow(end, NOW)).isTrue();
        assertThat(executions.follow(end, NOW)).isFalse();
        assertThat(executions.follow(new Step(execution.id(), ExecutionStatus.RUNNING, NOW, null, null), NOW))
                .isFalse();
        assertThat(find(execution).status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void onlyWhatEndedLongAgoIsRemoved() {
        TestCase testCase = testCase(ALICE, "one");
        Execution ended = execution(testCase, JobStatus.SUCCEEDED);
        Execution waits = execution(testCase, JobStatus.QUEUED);
        executions.behind(10).forEach(step -> executions.follow(step, NOW));

        assertThat(executions.removeOlderThan(NOW.plusSeconds(2))).isZero();
        assertThat(executions.removeOlderThan(NOW.plusSeconds(3))).isOne();

        assertThat(ids(ALL)).containsExactly(waits.id());
        assertThat(executions.find(ALICES, ended.id())).isEmpty();
    }

    private TestCase testCase(Owner owner, String name) {
        TestCase testCase = new TestCase(TestCase.nextId(), owner, new TestCase.Content(name, "", STEPS), NOW);
        testCases.insert(testCase);
        return testCase;
    }

    private static Execution.Place place() {
        return new Execution.Place(null, "sunri-pi2", "device1");
    }

    /** With a job that stands there. */
    private Execution execution(TestCase testCase, JobStatus status) {
        UUID id = NewJob.nextId();
        Job job = new Job(new NewJob(
                id,
                ALICE,
                "host-steps",
                Lane.PLAIN,
                "{}",
                "{}",
                Map.of(),
                "{}",
                JobPriority.NORMAL,
                1,
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                null,
                null,
                "0".repeat(32),
                null,
                NOW));
        boolean began = status != JobStatus.QUEUED;
        boolean failed = status == JobStatus.FAILED;
        sessions.inStatelessTransaction(session -> {
            session.insert(job);
            session.createMutationQuery("""
                            update Job set status = :status, startedAt = :started, finishedAt = :finished,
                                error.category = :category, error.code = :code, error.message = :message,
                                error.recovery = :recovery
                            where id = :id""")
                    .setParameter("status", status.wireName())
                    .setParameter("started", began ? NOW.plusSeconds(1) : null, Instant.class)
                    .setParameter("finished", status.isTerminal() ? NOW.plusSeconds(2) : null, Instant.class)
                    .setParameter("category", orNull(failed, "expectation"), String.class)
                    .setParameter("code", orNull(failed, "text_differs"), String.class)
                    .setParameter("message", orNull(failed, "Step 1: no"), String.class)
                    .setParameter("recovery", orNull(failed, "fail"), String.class)
                    .setParameter("id", id)
                    .executeUpdate();
        });
        Execution execution = new Execution(id, ALICE, testCase, place(), NOW);
        executions.insert(execution);
        return execution;
    }

    private static @Nullable String orNull(boolean given, String value) {
        return given ? value : null;
    }

    private Execution find(Execution execution) {
        return executions.find(ALICES, execution.id()).orElseThrow();
    }

    private List<UUID> ids(Filter filter) {
        return executions.list(ALICES, filter, 10).stream().map(Execution::id).toList();
    }
}
