// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.host.control.Hosts;
import dev.drover.job.control.Drain;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes a node out of the work and back, at whatever node one asks. The one that is asked is also called {@code self}. */
@Path("/hosts/{id}")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class DrainResource {

    private static final int DEFAULT_SECONDS = 60;
    private static final int MOST_SECONDS = 86_400;

    /** How long what runs may go on. */
    @Schema(name = "DrainRequest", examples = "{\"deadline_seconds\": 60}")
    public record DrainRequest(
            @Schema(minimum = "0", maximum = "86400", defaultValue = "60") @Nullable
            Integer deadlineSeconds) {}

    /** How far a drain is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Drain",
            requiredProperties = {"host", "state", "running"})
    public record DrainDocument(
            @Schema(examples = "shop-1:9080") String host,

            @Schema(enumeration = {"serving", "draining", "drained"})
            String state,

            @Schema(description = "Attempts that go on") int running,

            @Schema(description = "When they go back to the queue") @Nullable
            Instant deadline) {}

    private final Hosts hosts;

    @Inject
    public DrainResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    DrainResource() {
        this(null);
    }

    @GET
    @Path("/drain")
    @Operation(operationId = "getDrain", summary = "Whether a node takes jobs")
    @APIResponse(responseCode = "200", description = "How far the drain is")
    @Extension(name = "x-problems", value = "not_found,forbidden")
    public DrainDocument get(@PathParam("id") @Parameter(example = "self") String id) {
        return document(id, hosts.drainOf(id));
    }

    @POST
    @Path("/drain")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "drainHost",
            summary = "Take a node out of the work",
            description =
                    "It takes no more jobs. What runs may end until the deadline, and goes back to the queue then."
                            + " Another node than the one that is asked begins within seconds.")
    @APIResponse(
            responseCode = "202",
            description = "The drain has begun",
            content = @Content(schema = @Schema(implementation = DrainDocument.class)))
    @Extension(name = "x-problems", value = "not_found,forbidden,invalid_json,invalid_request")
    public Response drain(@PathParam("id") @Parameter(example = "self") String id, @Nullable DrainRequest request) {
        Integer wish = request == null ? null : request.deadlineSeconds();
        int seconds = wish == null ? DEFAULT_SECONDS : wish;
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw new DroverException(
                    ErrorCode.INVALID_REQUEST,
                    "The request does not fit.",
                    List.of(new Violation("/deadline_seconds", "0 to " + MOST_SECONDS)));
        }
        return Response.accepted(document(id, hosts.drain(id, Duration.ofSeconds(seconds))))
                .build();
    }

    @POST
    @Path("/resume")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "resumeHost", summary = "Let a drained node take jobs again")
    @APIResponse(responseCode = "200", description = "It takes jobs")
    @Extension(name = "x-problems", value = "not_found,forbidden")
    public DrainDocument resume(@PathParam("id") @Parameter(example = "self") String id) {
        return document(id, hosts.resume(id));
    }

    private DrainDocument document(String id, Drain.Status status) {
        return new DrainDocument(
                hosts.nameOf(id), status.state().name().toLowerCase(Locale.ROOT), status.running(), status.deadline());
    }
}
