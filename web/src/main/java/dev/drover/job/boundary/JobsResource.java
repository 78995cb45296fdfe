// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.job.boundary.JobDocument.JobPage;
import dev.drover.job.control.Cancellation;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobFilter;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Submits, lists, shows and cancels jobs. */
@Path("/jobs")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class JobsResource {

    private static final String PROBLEMS = "x-problems";

    /** A wish to end a job. */
    @Schema(name = "CancelRequest", examples = "{\"reason\": \"no longer needed\", \"force\": false}")
    public record CancelRequest(
            @Schema(maxLength = 500) @Nullable String reason,

            @Schema(
                    description =
                            "Ends the browser too, when the task does not stop by itself; false where nothing is said")
            @Nullable
            Boolean force) {}

    private final Jobs jobs;
    private final JobDocuments documents;

    @Inject
    public JobsResource(Jobs jobs, JobDocuments documents) {
        this.jobs = jobs;
        this.documents = documents;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    JobsResource() {
        this(null, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "submitJob",
            summary = "Submit a job",
            description = "The job is on disk when this answers. Follow it at its WebSocket or its events.")
    @APIResponse(
            responseCode = "202",
            description = "The job was accepted",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Extension(
            name = PROBLEMS,
            value =
                    "invalid_json,invalid_request,invalid_params,unknown_task,body_too_large,unsupported_media_type,too_many_jobs,service_degraded")
    public Response submit(@Nullable JobRequest request, @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        try {
            return submit(http, request);
        } catch (DroverException e) {
            throw e.code() == ErrorCode.INVALID_PARAMS ? e.under("/params") : e;
        }
    }

    @POST
    @Path("/{task}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "submitJobOfTask",
            summary = "Submit a job whose body is its parameters",
            description = "Everything else comes as query parameters or, with the same names, as headers:"
                    + " timeout_seconds=30 or Drover-Timeout-Seconds: 30.")
    @APIResponse(
            responseCode = "202",
            description = "The job was accepted",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Extension(
            name = PROBLEMS,
            value =
                    "invalid_json,invalid_request,invalid_params,unknown_task,body_too_large,unsupported_media_type,too_many_jobs,service_degraded")
    public Response submitOfTask(
            @PathParam("task") @Parameter(example = "screenshot") String task,
            @RequestBody(
                            description = "As params_schema of the task says",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema =
                                                    @Schema(
                                                            type = SchemaType.OBJECT,
                                                            examples = "{\"url\": \"https://example.com/\"}")))
                    @Nullable
                    ObjectNode params,
            @Context HttpServletRequest http) {
        return submit(http, JobOptions.of(http).request(task, params));
    }

    private Response submit(HttpServletRequest http, JobRequest request) {
        UUID reserved = (UUID) http.getAttribute(Idempotency.RESERVED_ID);
        Job job = jobs.submit(caller(http), Submissions.of(request, reserved, http.getHeader("traceparent")));
        return Response.accepted(documents.accepted(job))
                .header(HttpHeaders.LOCATION, "/api/v1/jobs/" + job.id())
                .build();
    }

    @GET
    @Operation(operationId = "listJobs", summary = "Jobs, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs",
            content = @Content(schema = @Schema(implementation = JobPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(
            @QueryParam("status")
                    @Parameter(
                            description = "One or more statuses with commas between; active: not ended",
                            example = "active")
                    List<String> statuses,
            @QueryParam("task") @Parameter(example = "screenshot") @Nullable String task,
            @QueryParam("user_id") @Parameter(example = "admin") @Nullable String user,
            @QueryParam("label")
                    @Parameter(
                            description = "name:value or name=value; a job has all that are given",
                            example = "team:shop")
                    List<String> labels,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        JobFilter filter = JobFilters.of(checks, statuses, task, user, null, labels, request.cursor());
        checks.refuseIfAny();
        return documents.page(params, request.page(jobs.list(caller(http), filter, request.rows())));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getJob", summary = "One job")
    @APIResponse(responseCode = "200", description = "The job")
    @Extension(name = PROBLEMS, value = "not_found")
    public JobDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return documents.complete(JobIds.find(jobs, caller(http), id));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "cancelJob",
            summary = "Cancel a job",
            description = "200 when it is cancelled, 202 when its attempt was told to stop and will end soon.")
    @APIResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "Told to stop",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,job_ended,invalid_json,invalid_request")
    public Response cancel(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable CancelRequest request,
            @Context HttpServletRequest http) {
        return request == null
                ? cancel(http, id, null, false)
                : cancel(http, id, request.reason(), Boolean.TRUE.equals(request.force()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteJob", summary = "Cancel a job, without a body")
    @APIResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "Told to stop",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,job_ended,invalid_request")
    public Response delete(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context HttpServletRequest http) {
        return cancel(http, id, reason, force);
    }

    private Response cancel(HttpServletRequest http, String id, @Nullable String reason, boolean force) {
        Checks checks = new Checks();
        checks.text("/reason", reason, 500);
        checks.refuseIfAny();
        return switch (jobs.cancel(caller(http), RecordIds.parse(id), reason, force)) {
            case Cancellation.Done done ->
                Response.ok(documents.complete(done.job())).build();
            case Cancellation.Requested requested ->
                Response.accepted(documents.complete(requested.job())).build();
            case Cancellation.AlreadyEnded ended ->
                throw new DroverException(
                        ErrorCode.JOB_ENDED,
                        "The job has ended already: it is " + ended.status().wireName() + ".");
            case Cancellation.Unknown unknown -> throw JobIds.notFound();
        };
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
