// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.entity.JobWrite.Notice;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's writes, as a handful of JDBC batches. They are applied in the order of the way of a job, so that
 * progress and end of one attempt may stand in the same batch.
 */
final class JobWriteBatch {

    private static final String ATTEMPT_IS_RUNNING =
            " where id = ? and attempt = ? and status in ('running', 'waiting_for_human')";

    private static final String TAKE = """
            update job set status = 'running', attempt = attempt + 1, node = ?, lease_until = ?, attempt_started_at = ?,
                started_at = coalesce(started_at, ?), stage = null, progress = 0, message = null, browser_type = null,
                error_category = null, error_code = null, error_message = null, error_recovery = null,
                last_seq = last_seq + 1
            where id = ? and attempt = ? and last_seq = ? and status = ?""";

    private static final String ADVANCE = "update job set stage = ?, progress = ?, message = ?,"
            + " browser_type = coalesce(?, browser_type), last_seq = ?" + ATTEMPT_IS_RUNNING;

    private static final String KEEP = "update job set last_seq = ?" + ATTEMPT_IS_RUNNING;

    private static final String ASK = "update job set status = 'waiting_for_human', last_seq = ?" + ATTEMPT_IS_RUNNING;

    private static final String GO_ON = "update job set status = 'running', last_seq = ?" + ATTEMPT_IS_RUNNING;

    private static final String END_STEP =
            "update human_step set state = ?, ended_at = ? where id = ? and state = 'open'";

    private static final String ANSWER = """
            update human_step set state = 'answered', answer = ?, answered_by = ?, ended_at = ?
            where id = ? and state = 'open' and deadline > ? and exists (select 1 from job j
                where j.id = human_step.job_id and j.attempt = human_step.attempt
                    and j.status = 'waiting_for_human')""";

    private static final String SETTLE = """
            update job set status = ?, progress = case when ? = 'succeeded' then 100 else progress end, message = ?,
                result = ?, error_category = ?, error_code = ?, error_message = ?, error_recovery = ?, fallback_kind = ?,
                fallback_detail = ?, fallback_because = ?, fallback_made_at = ?, browser_type = coalesce(?, browser_type),
                not_before = coalesce(?, not_before), finished_at = ?, expires_at = ?, lease_until = null,
                dispatched_at = null, last_seq = ?""" + ATTEMPT_IS_RUNNING;

    private static final String HAND_BACK = """
            update job set status = 'queued', stage = null, progress = 0, message = ?, max_attempts = max_attempts + ?,
                browser_type = coalesce(?, browser_type), lease_until = null, dispatched_at = null,
                last_seq = ?""" + ATTEMPT_IS_RUNNING;

    private static final String PARK = """
            update job set status = 'retrying', stage = null, progress = 0, message = ?, error_category = ?, error_code = ?,
                error_message = ?, error_recovery = ?, not_before = ?, max_attempts = max_attempts + 1, lease_until = null,
                dispatched_at = null, last_seq = ?""" + ATTEMPT_IS_RUNNING;

    // While no attempt goes on, the number of the latest event says whether the row is still as the writer read it.
    private static final String BURY = """
            update job set status = 'failed', message = ?, error_category = ?, error_code = ?, error_message = ?,
                error_recovery = ?, finished_at = ?, expires_at = ?, last_seq = ?
            where id = ? and last_seq = ? and status = 'queued'""";

    private static final String REPLAY = """
            update job set status = 'queued', max_attempts = ?, stage = null, progress = 0, message = null, fallback_kind = null,
                fallback_detail = null, fallback_because = null, fallback_made_at = null, cancel_requested = false,
                cancel_forced = false, cancel_reason = null, not_before = null, dispatched_at = null, finished_at = null,
                expires_at = null, last_seq = ?
            where id = ? and last_seq = ? and status = 'failed'""";

    private static final String WITHDRAW = """
            update job set status = 'cancelled', cancel_reason = ?, finished_at = ?, expires_at = ?, last_seq = ?
            where id = ? and last_seq = ? and status in ('scheduled', 'queued', 'retrying')""";

    private static final String REQUEST_CANCEL = """
            update job set cancel_requested = true, cancel_forced = ?, cancel_reason = coalesce(?, cancel_reason)
            where id = ? and status in ('running', 'waiting_for_human')""";

    private static final String PROMOTE = """
            update job set status = 'queued', last_seq = ?
            where id = ? and last_seq = ? and status in ('scheduled', 'retrying')""";

    private static final String RENEW_LEASES =
            "update job set lease_until = ? where id = ? and node = ? and status in ('running', 'waiting_for_human')";

    private static final String DISPATCHED =
            "update job set dispatched_at = ? where id = ? and status in ('scheduled', 'queued', 'retrying')";

    private final StatelessSession session;
    private final FreshJobs fresh;
    private final List<? extends JobWrite<?>> writes;
    private final List<Object> answers;
    private final List<JobEvent> events = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();

    JobWriteBatch(StatelessSession session, FreshJobs fresh, List<? extends JobWrite<?>> writes) {
        this.session = session;
        this.fresh = fresh;
        this.writes = writes;
        this.answers = new ArrayList<>(Collections.nCopies(writes.size(), false));
    }

    Written apply() {
        submit();
        take();
        advanceAndKeep();
        ask();
        answerAndGoOn();
        settle();
        handBack();
        park();
        session.insertMultiple(attempts);
        buryAndReplay();
        withdrawAndPromote();
        renewLeases();
        markDispatched();
        announceAccepted();
        return new Written(answers, events);
    }

    private void submit() {
        List<Object> jobs = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        List<Object> batches = new ArrayList<>();
        each(JobWrite.Submit.class, (write, index) -> answers.set(index, submitted(write, jobs, labels)));
        each(JobWrite.SubmitBatch.class, (write, index) -> {
            session.insert(write.batch());
            List<Job> members = new ArrayList<>();
            for (JobWrite.Submit submit : write.jobs()) {
                Job job = submitted(submit, jobs, labels);
                members.add(job);
                batches.add(new BatchJob(write.batch().id(), job.id()));
            }
            answers.set(index, List.copyOf(members));
        });
        session.insertMultiple(jobs);
        session.insertMultiple(labels);
        session.insertMultiple(batches);
    }

    private Job submitted(JobWrite.Submit write, List<Object> jobs, List<Object> labels) {
        Job job = new Job(write.job());
        jobs.add(job);
        fresh.remember(write.job());
        write.job().labels().forEach((name, value) -> labels.add(new JobLabel(job.id(), name, value)));
        events.add(write.event());
        return job;
    }

    private void take() {
        Map<UUID, Job> found = jobsToTake();
        List<JobWrite.Take> takeable = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        each(JobWrite.Take.class, (write, index) -> {
            Claim refusal = refusal(found.get(write.jobId()), write.now());
            if (refusal == null) {
                takeable.add(write);
                indexes.add(index);
            } else {
                answers.set(index, refusal);
            }
        });
        boolean[] won = executeTake(takeable, found);
        for (int i = 0; i < won.length; i++) {
            JobWrite.Take write = takeable.get(i);
            Job job = requireNonNull(found.get(write.jobId()));
            answers.set(indexes.get(i), won[i] ? granted(job, write) : takeAsItIsNow(write));
        }
    }

    private boolean[] executeTake(List<JobWrite.Take> takes, Map<UUID, Job> found) {
        return executeBatch(TAKE, takes, (statement, write) -> {
            Job job = requireNonNull(found.get(write.jobId()));
            statement.setString(1, write.node());
            setInstant(statement, 2, write.leaseUntil());
            setInstant(statement, 3, write.now());
            setInstant(statement, 4, write.now());
            statement.setObject(5, job.id());
            statement.setInt(6, job.attempt());
            statement.setInt(7, job.lastSeq());
            statement.setString(8, job.status().wireName());
        });
    }

    private Map<UUID, Job> jobsToTake() {
        Map<UUID, Job> found = new HashMap<>();
        List<UUID> unknown = new ArrayList<>();
        each(JobWrite.Take.class, (write, index) -> {
            Job job = fresh.recall(write.jobId());
            if (job == null) {
                unknown.add(write.jobId());
            } else {
                found.put(write.jobId(), job);
            }
        });
        if (!unknown.isEmpty()) {
            for (Job job : session.getMultiple(Job.class, unknown)) {
                if (job != null) {
                    found.put(job.id(), job);
                }
            }
        }
        return found;
    }

    private Claim granted(Job job, JobWrite.Take write) {
        job.taken(write.node(), write.now(), write.leaseUntil());
        JobEvent started = event(job, new Notice(job.lastSeq(), EventType.STATUS_UPDATE, write.now(), write.data()));
        events.add(started);
        return new Claim.Granted(job, started);
    }

    /**
     * Someone else was faster, between our read and our update or in this very batch; or the job has had a history since
     * this node remembered it, and waits again.
     */
    private Claim takeAsItIsNow(JobWrite.Take write) {
        Job job = session.get(Job.class, write.jobId());
        Claim refusal = refusal(job, write.now());
        if (refusal != null || job == null) {
            return refusal == null ? new Claim.AlreadyDone(null) : refusal;
        }
        return executeTake(List.of(write), Map.of(job.id(), job))[0]
                ? granted(job, write)
                : new Claim.HeldBy(write.node(), write.leaseUntil());
    }

    private static @Nullable Claim refusal(@Nullable Job job, Instant now) {
        if (job == null) {
            return new Claim.AlreadyDone(null);
        }
        return switch (job.status()) {
            case SUCCEEDED, FAILED, CANCELLED -> new Claim.AlreadyDone(job.status());
            case RUNNING, WAITING_FOR_HUMAN -> {
                Instant until = job.leaseUntil();
                yield new Claim.HeldBy(String.valueOf(job.node()), until == null ? now : until);
            }
            case SCHEDULED, RETRYING -> {
                Instant due = job.notBefore();
                yield due != null && due.isAfter(now) ? new Claim.NotDue(due) : null;
            }
            case QUEUED -> null;
        };
    }

    private void advanceAndKeep() {
        update(JobWrite.Advance.class, ADVANCE, (statement, write) -> {
            setText(statement, 1, write.stage());
            statement.setDouble(2, write.progress());
            setText(statement, 3, write.message());
            setText(statement, 4, write.browserType());
            statement.setInt(5, write.notice().seq());
            statement.setObject(6, write.job().id());
            statement.setInt(7, write.attempt());
        });
        update(JobWrite.Keep.class, KEEP, (statement, write) -> setSeq(statement, write, write.attempt()));
        update(JobWrite.Tell.class, KEEP, (statement, write) -> setSeq(statement, write, write.attempt()));
        each(JobWrite.Keep.class, (write, index) -> {
            if (accepted(index)) {
                session.upsert(write.artifact());
            }
        });
    }

    private void ask() {
        update(JobWrite.Ask.class, ASK, (statement, write) -> setSeq(statement, write, write.attempt()));
        List<Object> steps = new ArrayList<>();
        each(JobWrite.Ask.class, (write, index) -> {
            if (accepted(index)) {
                steps.add(write.step());
            }
        });
        session.insertMultiple(steps);
    }

    /** Answers first: one that comes at the same time as the end of the wait is not lost. */
    private void answerAndGoOn() {
        update(JobWrite.Answer.class, ANSWER, (statement, write) -> {
            statement.setString(1, write.answer());
            statement.setString(2, write.by());
            setInstant(statement, 3, write.at());
            statement.setObject(4, write.step());
            setInstant(statement, 5, write.at());
        });
        List<JobWrite.GoOn> ended = new ArrayList<>();
        each(JobWrite.GoOn.class, (write, index) -> ended.add(write));
        executeBatch(END_STEP, ended, (statement, write) -> {
            statement.setString(1, write.state().wireName());
            setInstant(statement, 2, write.at());
            statement.setObject(3, write.step());
        });
        update(JobWrite.GoOn.class, GO_ON, (statement, write) -> setSeq(statement, write, write.attempt()));
    }

    /** All that a statement wants which changes no more than the number of the job's latest event. */
    private static void setSeq(PreparedStatement statement, JobWrite.Noted write, int attempt) throws SQLException {
        statement.setInt(1, write.notice().seq());
        statement.setObject(2, write.job().id());
        statement.setInt(3, attempt);
    }

    private void settle() {
        update(JobWrite.Settle.class, SETTLE, (statement, write) -> {
            JobError error = write.error();
            statement.setString(1, write.status().wireName());
            statement.setString(2, write.status().wireName());
            setText(statement, 3, write.message());
            setText(statement, 4, write.result());
            setError(statement, 5, error);
            setFallback(statement, 9, write.fallback());
            setText(statement, 13, write.browserType());
            setInstant(statement, 14, write.dueAt());
            setInstant(statement, 15, write.status().isTerminal() ? write.finishedAt() : null);
            setInstant(statement, 16, write.expiresAt());
            statement.setInt(17, lastSeq(write));
            statement.setObject(18, write.job().id());
            statement.setInt(19, write.attempt());
        });
        each(JobWrite.Settle.class, (write, index) -> {
            if (accepted(index)) {
                attempts.add(attempt(
                        write.job(),
                        write.attempt(),
                        write.browserType(),
                        write.status(),
                        write.error(),
                        write.finishedAt()));
            }
        });
    }

    private void handBack() {
        update(JobWrite.HandBack.class, HAND_BACK, (statement, write) -> {
            statement.setString(1, write.error().message());
            statement.setInt(2, write.free() ? 1 : 0);
            setText(statement, 3, write.browserType());
            statement.setInt(4, write.notice().seq());
            statement.setObject(5, write.job().id());
            statement.setInt(6, write.attempt());
        });
        each(JobWrite.HandBack.class, (write, index) -> {
            if (accepted(index)) {
                attempts.add(attempt(
                        write.job(),
                        write.attempt(),
                        write.browserType(),
                        JobStatus.QUEUED,
                        write.error(),
                        write.finishedAt()));
            }
        });
    }

    private void park() {
        update(JobWrite.Park.class, PARK, (statement, write) -> {
            statement.setString(1, write.error().message());
            setError(statement, 2, write.error());
            setInstant(statement, 6, write.dueAt());
            statement.setInt(7, write.notice().seq());
            statement.setObject(8, write.job().id());
            statement.setInt(9, write.attempt());
        });
    }

    private void buryAndReplay() {
        update(JobWrite.Bury.class, BURY, (statement, write) -> {
            statement.setString(1, write.error().message());
            setError(statement, 2, write.error());
            setInstant(statement, 6, write.finishedAt());
            setInstant(statement, 7, write.expiresAt());
            statement.setInt(8, lastSeq(write));
            statement.setObject(9, write.job().id());
            statement.setInt(10, write.job().lastSeq());
        });
        update(JobWrite.Replay.class, REPLAY, (statement, write) -> {
            statement.setInt(1, write.maxAttempts());
            statement.setInt(2, write.notice().seq());
            statement.setObject(3, write.job().id());
            statement.setInt(4, write.job().lastSeq());
        });
    }

    private static int lastSeq(JobWrite.Ending write) {
        return write.notices().isEmpty()
                ? write.job().lastSeq()
                : write.notices().getLast().seq();
    }

    private static Attempt attempt(
            Job job,
            int number,
            @Nullable String browserType,
            JobStatus outcome,
            @Nullable JobError error,
            Instant finishedAt) {
        Instant started = job.attemptStartedAt();
        return new Attempt(
                job.id(),
                number,
                String.valueOf(job.node()),
                browserType,
                outcome,
                error,
                started == null ? finishedAt : started,
                finishedAt);
    }

    private void withdrawAndPromote() {
        update(JobWrite.Withdraw.class, WITHDRAW, (statement, write) -> {
            setText(statement, 1, write.reason());
            setInstant(statement, 2, write.finishedAt());
            setInstant(statement, 3, write.expiresAt());
            statement.setInt(4, lastSeq(write));
            statement.setObject(5, write.job().id());
            statement.setInt(6, write.job().lastSeq());
        });
        update(JobWrite.RequestCancel.class, REQUEST_CANCEL, (statement, write) -> {
            statement.setBoolean(1, write.force());
            setText(statement, 2, write.reason());
            statement.setObject(3, write.jobId());
        });
        update(JobWrite.Promote.class, PROMOTE, (statement, write) -> {
            statement.setInt(1, write.notice().seq());
            statement.setObject(2, write.job().id());
            statement.setInt(3, write.job().lastSeq());
        });
    }

    private void renewLeases() {
        record Renewal(UUID jobId, String node, Instant until) {}
        List<Renewal> renewals = new ArrayList<>();
        each(JobWrite.RenewLeases.class, (write, index) -> {
            write.jobIds().forEach(id -> renewals.add(new Renewal(id, write.node(), write.until())));
            answers.set(index, true);
        });
        executeBatch(RENEW_LEASES, renewals, (statement, renewal) -> {
            setInstant(statement, 1, renewal.until());
            statement.setObject(2, renewal.jobId());
            statement.setString(3, renewal.node());
        });
    }

    /** The ends come last: whoever follows a job stops listening after its end. */
    private void announceAccepted() {
        each(JobWrite.Noted.class, (write, index) -> {
            if (accepted(index)) {
                events.add(event(write.job(), write.notice()));
            }
        });
        each(JobWrite.Ending.class, (write, index) -> {
            if (accepted(index)) {
                write.notices().forEach(notice -> events.add(event(write.job(), notice)));
            }
        });
        session.insertMultiple(events);
    }

    private void markDispatched() {
        record Mark(UUID jobId, Instant at) {}
        List<Mark> marks = new ArrayList<>();
        each(JobWrite.Dispatched.class, (write, index) -> {
            write.jobIds().forEach(id -> marks.add(new Mark(id, write.at())));
            answers.set(index, true);
        });
        executeBatch(DISPATCHED, marks, (statement, mark) -> {
            setInstant(statement, 1, mark.at());
            statement.setObject(2, mark.jobId());
        });
    }

    private static JobEvent event(Job job, Notice notice) {
        return new JobEvent(
                job.id(), notice.seq(), job.owner(), job.task(), notice.type(), notice.occurredAt(), notice.data());
    }

    private boolean accepted(int index) {
        return answers.get(index) instanceof Boolean changed && changed;
    }

    private <W extends JobWrite<?>> void each(Class<W> kind, ObjIntConsumer<W> action) {
        for (int index = 0; index < writes.size(); index++) {
            if (kind.isInstance(writes.get(index))) {
                action.accept(kind.cast(writes.get(index)), index);
            }
        }
    }

    /** One JDBC batch for all writes of a kind; a write is answered with whether it changed its row. */
    private <W extends JobWrite<Boolean>> void update(Class<W> kind, String sql, Binder<W> binder) {
        List<W> ofKind = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        each(kind, (write, index) -> {
            ofKind.add(write);
            indexes.add(index);
        });
        boolean[] changed = executeBatch(sql, ofKind, binder);
        for (int i = 0; i < changed.length; i++) {
            answers.set(indexes.get(i), changed[i]);
        }
    }

    private <T> boolean[] executeBatch(String sql, List<T> items, Binder<T> binder) {
        if (items.isEmpty()) {
            return new boolean[0];
        }
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (T item : items) {
                    binder.bind(statement, item);
                    statement.addBatch();
                }
                int[] counts = statement.executeBatch();
                boolean[] changed = new boolean[counts.length];
                for (int i = 0; i < counts.length; i++) {
                    changed[i] = counts[i] > 0;
                }
                return changed;
            }
        });
    }

    /** Sets the parameters of one statement of a batch. */
    @FunctionalInterface
    private interface Binder<T> {
        void bind(PreparedStatement statement, T item) throws SQLException;
    }

    private static void setText(PreparedStatement statement, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, text);
        }
    }

    /** Four parameters from the index on. */
    private static void setError(PreparedStatement statement, int index, @Nullable JobError error) throws SQLException {
        setText(statement, index, error == null ? null : error.category());
        setText(statement, index + 1, error == null ? null : error.code());
        setText(statement, index + 2, error == null ? null : error.message());
        setText(statement, index + 3, error == null ? null : error.recovery());
    }

    private static void setFallback(PreparedStatement statement, int index, @Nullable JobFallback fallback)
            throws SQLException {
        setText(statement, index, fallback == null ? null : fallback.kind());
        setText(statement, index + 1, fallback == null ? null : fallback.detail());
        setText(statement, index + 2, fallback == null ? null : fallback.because());
        setInstant(statement, index + 3, fallback == null ? null : fallback.madeAt());
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
            throws SQLException {
        if (instant == null) {
            statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        }
    }
}
