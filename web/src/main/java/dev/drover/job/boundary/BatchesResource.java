// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.job.boundary.JobDocument.JobPage;
import dev.drover.job.control.BatchProgress;
import dev.drover.job.control.JobSubmission;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.NewJob;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many jobs in one request. */
@Path("/batches")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Batches")
public class BatchesResource {

    private static final int MOST = 1_000;

    /** The jobs to submit: all of them, or none where one does not fit. */
    @Schema(name = "BatchRequest", requiredProperties = "jobs", examples = """
                    {"jobs": [{"task": "screenshot", "params": {"url": "https://example.com/"}},
                     {"task": "content", "params": {"url": "https://example.com/"}}]}""")
    public record BatchRequest(
            @Schema(minItems = 1, maxItems = MOST) @Nullable List<@Nullable JobRequest> jobs) {}

    /** How far a batch is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Batch",
            requiredProperties = {"id", "status", "total", "ended", "progress", "counts", "created_at"})
    public record BatchDocument(
            @Schema(format = "uuid") String id,

            @Schema(
                    enumeration = {"active", "ended"},
                    description = "ended when all jobs have")
            String status,

            int total,

            @Schema(description = "Jobs that have ended, removed ones among them")
            long ended,

            @Schema(minimum = "0", maximum = "100", description = "Percent of the jobs that have ended")
            double progress,

            @Schema(description = "Jobs in each status; removed counts those whose time to live is over")
            Map<String, Long> counts,

            Instant createdAt,

            @Schema(description = "In the order of the request; only in the answer to it") @Nullable
            List<String> jobIds) {}

    /** What became of the wish to cancel. */
    @Schema(name = "BatchCancelled", requiredProperties = "cancelled")
    public record BatchCancelled(
            @Schema(description = "How many jobs are cancelled or were told to stop", examples = "12")
            int cancelled) {}

    private final Jobs jobs;
    private final JobDocuments documents;

    @Inject
    public BatchesResource(Jobs jobs, JobDocuments documents) {
        this.jobs = jobs;
        this.documents = documents;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BatchesResource() {
        this(null, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "submitBatch",
            summary = "Submit up to 1,000 jobs",
            description = "All of them are on disk when this answers, or none is accepted.")
    @APIResponse(
            responseCode = "202",
            description = "The jobs were accepted",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BatchDocument.class)))
    @Extension(
            name = "x-problems",
            value = "invalid_json,invalid_request,body_too_large,unsupported_media_type,too_many_jobs,service_degraded")
    public Response submit(@Nullable BatchRequest request, @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        UUID reserved = (UUID) http.getAttribute(Idempotency.RESERVED_ID);
        List<JobSubmission> submissions = submissions(request, http.getHeader("traceparent"));
        BatchProgress accepted =
                jobs.submitBatch(caller(http), reserved == null ? NewJob.nextId() : reserved, submissions);
        List<String> ids =
                jobs.idsOfBatch(accepted.batch()).stream().map(UUID::toString).toList();
        return Response.accepted(document(accepted, ids))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/batches/" + accepted.batch().id())
                .build();
    }

    private static List<JobSubmission> submissions(BatchRequest request, @Nullable String traceParent) {
        List<@Nullable JobRequest> wished = request.jobs();
        List<Violation> violations = new ArrayList<>();
        List<JobSubmission> submissions = new ArrayList<>();
        if (wished == null || wished.isEmpty() || wished.size() > MOST) {
            violations.add(new Violation("/jobs", "1 to " + MOST + " jobs"));
        } else {
            for (int i = 0; i < wished.size(); i++) {
                JobRequest job = wished.get(i);
                if (job == null) {
                    violations.add(new Violation("/jobs/" + i, "is null"));
                    continue;
                }
                try {
                    submissions.add(Submissions.of(job, null, traceParent));
                } catch (DroverException e) {
                    violations.addAll(e.under("/jobs/" + i).violations());
                }
            }
        }
        if (!violations.isEmpty()) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST, "Some of the jobs do not fit; none was accepted.", violations);
        }
        return submissions;
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getBatch", summary = "How far a batch is")
    @APIResponse(responseCode = "200", description = "The batch")
    @Extension(name = "x-problems", value = "not_found")
    public BatchDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(find(http, id), null);
    }

    @GET
    @Path("/{id}/jobs")
    @Operation(operationId = "listBatchJobs", summary = "The jobs of a batch, in the order in which they were given")
    @APIResponse(
            responseCode = "200",
            description = "A page of jobs",
            content = @Content(schema = @Schema(implementation = JobPage.class)))
    @Extension(name = "x-problems", value = "not_found,invalid_request")
    public Response jobs(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        checks.refuseIfAny();
        BatchProgress batch = find(http, id);
        return documents.page(params, request.page(jobs.jobsOfBatch(batch.batch(), request.cursor(), request.rows())));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "cancelBatch", summary = "Cancel the jobs of a batch that have not ended")
    @APIResponse(responseCode = "202", description = "Cancelled, or told to stop")
    @Extension(name = "x-problems", value = "not_found,invalid_request")
    public Response cancel(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("force") @DefaultValue("false") boolean force,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        checks.text("/reason", reason, 500);
        checks.refuseIfAny();
        BatchProgress batch = find(http, id);
        return Response.accepted(new BatchCancelled(jobs.cancelBatch(caller(http), batch.batch(), reason, force)))
                .build();
    }

    private BatchProgress find(HttpServletRequest http, String id) {
        return jobs.batch(caller(http), RecordIds.parse(id))
                .orElseThrow(
                        () -> new DroverException(ErrorCode.NOT_FOUND, "There is no such batch, or it is not yours."));
    }

    private static BatchDocument document(BatchProgress progress, @Nullable List<String> jobIds) {
        Map<String, Long> counts = new TreeMap<>();
        for (JobStatus status : JobStatus.values()) {
            if (progress.in(status) > 0) {
                counts.put(status.wireName(), progress.in(status));
            }
        }
        if (progress.removed() > 0) {
            counts.put("removed", progress.removed());
        }
        int total = progress.batch().total();
        return new BatchDocument(
                progress.batch().id().toString(),
                progress.ended() == total ? "ended" : "active",
                total,
                progress.ended(),
                100.0 * progress.ended() / total,
                counts,
                progress.batch().createdAt(),
                jobIds);
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
