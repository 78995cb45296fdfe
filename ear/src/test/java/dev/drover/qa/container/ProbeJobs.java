// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.event.entity.EventType;
import dev.drover.event.entity.JobEvent;
import dev.drover.job.control.JobSubmission;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobWrite;
import dev.drover.job.entity.Lane;
import dev.drover.job.entity.NewJob;
import dev.drover.security.control.Caller;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Jobs of the {@link ProbeTask}, made as callers make them, or as rows alone. */
public final class ProbeJobs {

    private static final Owner OWNER = new Owner(Owner.DEFAULT_TENANT, "tester");
    private static final Caller CALLER = new Caller(OWNER, Set.of(Caller.USER));

    private final Jobs jobs;
    private final JobQueries queries;

    public ProbeJobs(Jobs jobs, JobQueries queries) {
        this.jobs = jobs;
        this.queries = queries;
    }

    public UUID submit(String label) {
        return submit(params(label), JobPriority.NORMAL, null);
    }

    public UUID submit(String label, JobPriority priority) {
        return submit(params(label), priority, null);
    }

    public UUID submitFor(Instant notBefore, String label) {
        return submit(params(label), JobPriority.NORMAL, notBefore);
    }

    /** @param reports how often the task reports progress */
    public UUID submitTalkative(String label, int reports) {
        return submit(params(label).put("reports", reports), JobPriority.NORMAL, null);
    }

    private UUID submit(ObjectNode params, JobPriority priority, @Nullable Instant notBefore) {
        return jobs.submit(
                        CALLER,
                        new JobSubmission(
                                null,
                                ProbeTask.NAME,
                                params,
                                null,
                                priority,
                                null,
                                null,
                                null,
                                notBefore,
                                null,
                                null,
                                Map.of(),
                                null))
                .id();
    }

    /** A row that nobody sends a message for. */
    public static JobWrite.Submit row(String label, Instant createdAt) {
        return row(label, createdAt, ProbeTask.NAME);
    }

    /** @param taskOfEvent stands in the job's first event */
    public static JobWrite.Submit row(String label, Instant createdAt, String taskOfEvent) {
        NewJob job = new NewJob(
                NewJob.nextId(),
                OWNER,
                ProbeTask.NAME,
                Lane.PLAIN,
                params(label).toString(),
                "{}",
                Map.of(),
                "{}",
                JobPriority.NORMAL,
                3,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                null,
                null,
                "0af7651916cd43dd8448eb211c80319c",
                null,
                createdAt);
        return new JobWrite.Submit(
                job, new JobEvent(job.id(), 1, OWNER, taskOfEvent, EventType.STATUS_UPDATE, createdAt, "{}"));
    }

    public Optional<Job> find(UUID id) {
        return queries.find(Scope.EVERYTHING, id);
    }

    public Job awaitEnd(UUID id) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> find(id).orElseThrow(), job -> job.status().isTerminal());
    }

    private static ObjectNode params(String label) {
        return JsonNodeFactory.instance.objectNode().put("label", label);
    }
}
