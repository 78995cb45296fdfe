// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.job.boundary.JobDocument.ArtifactDocument;
import dev.drover.job.boundary.JobDocument.AttemptDocument;
import dev.drover.job.boundary.JobDocument.FallbackDocument;
import dev.drover.job.boundary.JobDocument.JobErrorDocument;
import dev.drover.job.boundary.JobDocument.JobPage;
import dev.drover.job.boundary.JobDocument.ReliabilityDocument;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.Attempt;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobFallback;
import dev.drover.job.entity.JobFallback.Kind;
import dev.drover.job.entity.JobStatus;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes jobs down for API clients: as much of them as the occasion is worth. */
@ApplicationScoped
class JobDocuments {

    private final Jobs jobs;

    @Inject
    JobDocuments(Jobs jobs) {
        this.jobs = jobs;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    JobDocuments() {
        this(null);
    }

    /** A job that was just accepted: nothing more is read for it. */
    JobDocument accepted(Job job) {
        return document(job, job.params(), null, null, null, List.of(), null, false);
    }

    /** A page of a list of jobs, with the link to the next one. */
    Response page(PageParams params, Page<Job> page) {
        return params.answer(page, Job::id, this::listed, JobPage::new);
    }

    /** A job in a list: without what is long or costs a query. */
    JobDocument listed(Job job) {
        return document(job, null, null, null, null, null, null, false);
    }

    /** All of a job. */
    JobDocument complete(Job job) {
        return document(
                job,
                job.params(),
                job.result(),
                boxed(jobs.queuePosition(job)),
                boxed(jobs.etaSeconds(job)),
                jobs.artifacts(job).stream().map(JobDocuments::artifact).toList(),
                reliability(job),
                true);
    }

    static ArtifactDocument artifact(Artifact artifact) {
        return new ArtifactDocument(
                artifact.name(),
                artifact.kind(),
                artifact.contentType(),
                artifact.size(),
                artifact.sha256(),
                "/api/v1/jobs/" + artifact.jobId() + "/artifacts/" + artifact.name(),
                artifact.attempt(),
                artifact.createdAt());
    }

    private static JobDocument document(
            Job job,
            @Nullable String params,
            @Nullable String result,
            @Nullable Long queuePosition,
            @Nullable Long etaSeconds,
            @Nullable List<ArtifactDocument> artifacts,
            @Nullable ReliabilityDocument reliability,
            boolean withOptions) {
        BrowserOptions options = withOptions && !"{}".equals(job.options()) ? Jobs.browserOptions(job) : null;
        return new JobDocument(
                job.id().toString(),
                job.task(),
                job.status().wireName(),
                job.stage(),
                job.progress(),
                job.message(),
                job.owner().user(),
                job.priority().wireName(),
                job.attempt(),
                job.maxAttempts(),
                job.browserType(),
                job.node(),
                queuePosition,
                etaSeconds,
                params,
                options == null ? null : BrowserChoices.browserOf(options),
                options == null ? null : BrowserChoices.recordOf(options.recording()),
                options == null ? null : options.capturedSession(),
                withOptions ? job.timeout().toSeconds() : null,
                withOptions ? job.ttl().toSeconds() : null,
                withOptions ? job.webhookUrl() : null,
                "{}".equals(job.labels()) ? null : job.labels(),
                result,
                error(job.error()),
                fallback(job),
                artifacts,
                job.createdAt(),
                job.notBefore(),
                job.startedAt(),
                job.finishedAt(),
                job.expiresAt(),
                job.traceId(),
                reliability);
    }

    private ReliabilityDocument reliability(Job job) {
        Instant expiresAt = job.expiresAt();
        return new ReliabilityDocument(
                Math.max(0, job.attempt() - 1),
                job.maxAttempts() - 1,
                job.timeout().toSeconds(),
                job.priority().wireName(),
                job.node(),
                job.status() != JobStatus.SUCCEEDED && job.attempt() < job.maxAttempts(),
                expiresAt != null && expiresAt.isBefore(Instant.now()),
                jobs.attempts(job).stream().map(JobDocuments::attempt).toList());
    }

    private static AttemptDocument attempt(Attempt attempt) {
        return new AttemptDocument(
                attempt.number(),
                attempt.node(),
                attempt.browserType(),
                attempt.outcome(),
                error(attempt.error()),
                attempt.startedAt(),
                attempt.finishedAt());
    }

    private static @Nullable JobErrorDocument error(@Nullable JobError error) {
        return error == null
                ? null
                : new JobErrorDocument(error.category(), error.code(), error.message(), error.recovery());
    }

    private static @Nullable FallbackDocument fallback(Job job) {
        JobFallback fallback = job.fallback();
        if (fallback == null) {
            return null;
        }
        Instant madeAt = fallback.madeAt();
        Instant finishedAt = job.finishedAt();
        return new FallbackDocument(
                fallback.kind(),
                fallback.because(),
                fallback.is(Kind.STALE),
                fallback.is(Kind.ENGINE) ? fallback.detail() : null,
                fallback.is(Kind.SOURCE) ? fallback.detail() : null,
                fallback.is(Kind.STALE) ? fallback.detail() : null,
                madeAt,
                madeAt == null || finishedAt == null
                        ? null
                        : Math.max(0, Duration.between(madeAt, finishedAt).toSeconds()));
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
