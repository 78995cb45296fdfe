// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import dev.drover.job.boundary.JobDocument.ArtifactPage;
import dev.drover.job.control.ArtifactStorage;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Artifact;
import dev.drover.job.entity.Job;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files that jobs leave. */
@Path("/jobs/{id}/artifacts")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Tag(name = "Jobs")
public class ArtifactsResource {

    private final Jobs jobs;
    private final ArtifactStorage storage;

    @Inject
    public ArtifactsResource(Jobs jobs, ArtifactStorage storage) {
        this.jobs = jobs;
        this.storage = storage;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    ArtifactsResource() {
        this(null, null);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listArtifacts", summary = "The files of a job")
    @APIResponse(responseCode = "200", description = "All of them, oldest first")
    @Extension(name = "x-problems", value = "not_found")
    public ArtifactPage list(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        Job job = JobIds.find(jobs, caller(http), id);
        return new ArtifactPage(
                jobs.artifacts(job).stream().map(JobDocuments::artifact).toList());
    }

    @GET
    @Path("/{name}")
    @Operation(
            operationId = "getArtifact",
            summary = "The content of a file",
            description = "Ranges, ETag and If-None-Match as in RFC 9110.")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            example = "bytes=0-1023",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = "*/*", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "206",
            description = "The part that was asked for",
            content = @Content(mediaType = "*/*", schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "304", description = "The caller has it already")
    @Extension(name = "x-problems", value = "not_found,range_not_satisfiable")
    public Response get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @PathParam("name") @Parameter(example = "screenshot.png") String name,
            @Context HttpServletRequest http) {
        return answer(id, name, http, true);
    }

    @HEAD
    @Path("/{name}")
    @Operation(operationId = "headArtifact", summary = "Size, type and ETag of a file")
    @APIResponse(responseCode = "200", description = "The file is there")
    @Extension(name = "x-problems", value = "not_found")
    public Response head(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @PathParam("name") @Parameter(example = "screenshot.png") String name,
            @Context HttpServletRequest http) {
        return answer(id, name, http, false);
    }

    private Response answer(String id, String name, HttpServletRequest http, boolean withContent) {
        Job job = JobIds.find(jobs, caller(http), id);
        Artifact artifact = jobs.artifact(job, name).orElseThrow(ArtifactsResource::gone);
        ArtifactAnswer answer = new ArtifactAnswer(artifact);
        if (answer.isKnown(http.getHeader("If-None-Match"))) {
            return answer.headers(Response.status(Status.NOT_MODIFIED)).build();
        }
        ByteRange range = answer.range(http.getHeader("Range"), http.getHeader("If-Range"));
        if (range instanceof ByteRange.Outside) {
            return answer.outside(http.getRequestURI(), http.getHeader("traceparent"));
        }
        try {
            return answer.content(range, withContent ? storage : null);
        } catch (NoSuchFileException e) {
            throw gone();
        } catch (IOException e) {
            throw new IllegalStateException("artifact " + artifact.storageKey() + " cannot be read", e);
        }
    }

    private static DroverException gone() {
        return new DroverException(ErrorCode.NOT_FOUND, "The job has no such file.");
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
