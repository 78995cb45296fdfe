// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.Jobs;
import dev.drover.job.entity.JobStatus;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.Checks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What operators do with the queue as a whole. */
@Path("/queues/jobs")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Tag(name = "Jobs")
public class QueuesResource {

    /** Which jobs are cancelled, and why. */
    @Schema(name = "PurgeRequest", examples = "{\"task\": \"screenshot\", \"reason\": \"wrong parameters\"}")
    public record PurgeRequest(
            @Schema(maxLength = 500, examples = "wrong parameters") @Nullable
            String reason,

            @Schema(description = "Only jobs of this task") @Nullable
            String task,

            @Schema(description = "Only jobs of this user") @Nullable
            String userId,

            @Schema(description = "Only jobs that have all of these") @Nullable
            Map<String, String> labels,

            @Schema(description = "Also jobs that run now; false where nothing is said") @Nullable
            Boolean running,

            @Schema(description = "Ends the browsers of those that run, as for a single job") @Nullable
            Boolean force) {}

    /** What became of it. */
    @Schema(name = "PurgeResult", requiredProperties = "cancelled")
    public record PurgeResult(
            @Schema(description = "How many jobs are cancelled or were told to stop", examples = "12")
            int cancelled) {}

    private final Jobs jobs;

    @Inject
    public QueuesResource(Jobs jobs) {
        this.jobs = jobs;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    QueuesResource() {
        this(null);
    }

    @POST
    @Path("/purge")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "purgeQueue",
            summary = "Cancel every job that waits",
            description = "Scheduled, queued and retrying jobs, and with running those that run as well.")
    @APIResponse(responseCode = "200", description = "Cancelled")
    @Extension(name = "x-problems", value = "invalid_json,invalid_request,forbidden")
    public PurgeResult purge(@Nullable PurgeRequest request, @Context SecurityContext security) {
        PurgeRequest wish = request == null ? new PurgeRequest(null, null, null, null, null, null) : request;
        Checks checks = new Checks();
        checks.text("/reason", wish.reason(), 500);
        checks.refuseIfAny();
        Set<JobStatus> statuses = EnumSet.of(JobStatus.SCHEDULED, JobStatus.QUEUED, JobStatus.RETRYING);
        if (Boolean.TRUE.equals(wish.running())) {
            statuses.add(JobStatus.RUNNING);
            statuses.add(JobStatus.WAITING_FOR_HUMAN);
        }
        return new PurgeResult(jobs.cancelAll(
                CallerPrincipal.require(security.getUserPrincipal()),
                JobFilters.of(wish.task(), wish.userId(), null, wish.labels()).in(statuses),
                wish.reason(),
                Boolean.TRUE.equals(wish.force())));
    }
}
