// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.boundary.JobDocument.JobPage;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.JobFilter;
import dev.drover.job.entity.JobStatus;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The dead letters: jobs that failed for good, until someone replays or removes them. */
@Path("/dlq")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
public class DeadLettersResource {

    /** How to replay one job. */
    @Schema(name = "ReplayRequest", examples = "{\"reset_attempts\": true}")
    public record ReplayRequest(
            @Schema(
                    description = "Gives it as many attempts as a new job, which is what happens where nothing is said;"
                            + " false gives it one")
            @Nullable
            Boolean resetAttempts,

            @Schema(description = "The same under its other name", deprecated = true) @Nullable
            Boolean resetRetries) {

        boolean reset() {
            return !Boolean.FALSE.equals(resetAttempts) && !Boolean.FALSE.equals(resetRetries);
        }
    }

    /** Which jobs to replay: those that fit all that is said. */
    @Schema(name = "ReplayAllRequest", examples = "{\"task\": \"screenshot\", \"error_category\": \"network\"}")
    public record ReplayAllRequest(
            @Nullable String task,

            @Schema(description = "Of the last attempt", examples = "network") @Nullable
            String errorCategory,

            @Nullable String userId,

            @Schema(description = "A job has all of these") @Nullable
            Map<String, String> labels,

            @Schema(description = "As for a single job") @Nullable
            Boolean resetAttempts) {}

    /** What became of it. */
    @Schema(name = "ReplayResult", requiredProperties = "replayed")
    public record ReplayResult(
            @Schema(description = "How many jobs are queued again", examples = "12")
            int replayed) {}

    /** How many dead letters there are. */
    @Schema(
            name = "DeadLetterStats",
            requiredProperties = {"total", "by_error_category"})
    public record DeadLetterStats(long total, Map<String, Long> byErrorCategory) {}

    private final Jobs jobs;
    private final JobDocuments documents;

    @Inject
    public DeadLettersResource(Jobs jobs, JobDocuments documents) {
        this.jobs = jobs;
        this.documents = documents;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    DeadLettersResource() {
        this(null, null);
    }

    @GET
    @Path("/jobs")
    @Operation(
            operationId = "listDeadLetters",
            summary = "Failed jobs, newest first",
            description = "GET /jobs/{id} shows one with its attempts, their errors and its files.")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs",
            content = @Content(schema = @Schema(implementation = JobPage.class)))
    @Extension(name = "x-problems", value = "invalid_request")
    public Response list(
            @QueryParam("task") @Parameter(example = "screenshot") @Nullable String task,
            @QueryParam("error_category") @Parameter(example = "network") @Nullable String errorCategory,
            @QueryParam("user_id") @Parameter(example = "admin") @Nullable String user,
            @QueryParam("label") @Parameter(example = "team:shop") List<String> labels,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        JobFilter filter = JobFilters.of(checks, List.of(), task, user, errorCategory, labels, request.cursor());
        checks.refuseIfAny();
        return documents.page(
                params, request.page(jobs.list(caller(http), filter.in(JobStatus.FAILED), request.rows())));
    }

    @GET
    @Path("/stats")
    @Operation(
            operationId = "countDeadLetters",
            summary = "How many failed jobs there are, by the category of their error")
    @APIResponse(responseCode = "200", description = "The numbers")
    public DeadLetterStats stats(@Context HttpServletRequest http) {
        Map<String, Long> counts = jobs.deadLettersByCategory(caller(http));
        return new DeadLetterStats(
                counts.values().stream().mapToLong(Long::longValue).sum(), counts);
    }

    @POST
    @Path("/{id}/replay")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "replayDeadLetter",
            summary = "Queue a failed job again",
            description = "It keeps its id, its attempts and its files; the new attempts are numbered on.")
    @APIResponse(
            responseCode = "202",
            description = "Queued again",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Extension(name = "x-problems", value = "not_found,invalid_json,invalid_request")
    public Response replay(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable ReplayRequest request,
            @Context HttpServletRequest http) {
        return jobs.replay(caller(http), RecordIds.parse(id), request == null || request.reset())
                .map(job -> Response.accepted(documents.complete(job)).build())
                .orElseThrow(DeadLettersResource::notFound);
    }

    @POST
    @Path("/replay/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(hidden = true)
    public Response replayAtOtherPath(
            @PathParam("id") String id, @Nullable ReplayRequest request, @Context HttpServletRequest http) {
        return replay(id, request, http);
    }

    @POST
    @Path("/replay")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "replayDeadLetters", summary = "Queue all failed jobs again that fit")
    @APIResponse(responseCode = "200", description = "Queued again")
    @Extension(name = "x-problems", value = "invalid_json,invalid_request")
    public ReplayResult replayAll(@Nullable ReplayAllRequest request, @Context HttpServletRequest http) {
        ReplayAllRequest wish = request == null ? new ReplayAllRequest(null, null, null, null, null) : request;
        return new ReplayResult(jobs.replayAll(
                caller(http),
                JobFilters.of(wish.task(), wish.userId(), wish.errorCategory(), wish.labels()),
                !Boolean.FALSE.equals(wish.resetAttempts())));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteDeadLetter", summary = "Remove a failed job with its files")
    @APIResponse(responseCode = "204", description = "Removed")
    @Extension(name = "x-problems", value = "not_found")
    public void delete(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        if (!jobs.removeDeadLetter(caller(http), RecordIds.parse(id))) {
            throw notFound();
        }
    }

    private static DroverException notFound() {
        return new DroverException(
                ErrorCode.NOT_FOUND, "There is no such job among the dead letters, or it is not yours.");
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
