// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.control.Jobs;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
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

    /** Why the queue is emptied. */
    @Schema(name = "PurgeRequest")
    public record PurgeRequest(
            @Schema(maxLength = 500, examples = "wrong parameters") @Nullable
            String reason) {}

    /** What became of it. */
    @Schema(name = "PurgeResult", requiredProperties = "cancelled")
    public record PurgeResult(
            @Schema(description = "How many jobs were waiting and are cancelled now", examples = "12")
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
    @Operation(operationId = "purgeQueue", summary = "Cancel every job that waits")
    @APIResponse(responseCode = "200", description = "The queue is empty")
    @Extension(name = "x-problems", value = "invalid_json,invalid_request,forbidden")
    public PurgeResult purge(@Nullable PurgeRequest request, @Context SecurityContext security) {
        String reason = request == null ? null : request.reason();
        Checks checks = new Checks();
        checks.text("/reason", reason, 500);
        checks.refuseIfAny();
        return new PurgeResult(jobs.cancelQueued(CallerPrincipal.require(security.getUserPrincipal()), reason));
    }
}
