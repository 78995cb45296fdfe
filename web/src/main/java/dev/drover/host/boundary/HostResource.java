// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.host.control.HostClient;
import dev.drover.host.control.Hosts;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One host. */
@Path("/hosts/{id}")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class HostResource {

    private static final String EXAMPLE = "sunri-pi2";

    private final Hosts hosts;

    @Inject
    public HostResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HostResource() {
        this(null);
    }

    @DELETE
    @Operation(
            operationId = "removeHost",
            summary = "Take a registered host off the list",
            description = "A node of the cluster comes and goes by itself.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @Extension(name = "x-problems", value = "not_found,forbidden,host_is_node")
    public void remove(@PathParam("id") @Parameter(example = EXAMPLE) String id) {
        hosts.remove(id);
    }

    @POST
    @Path("/execute")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "executeOnHost",
            summary = "Have a registered host do something",
            description = "The body goes to {host_url}/host/remote/executeAction as it is, and the host's answer comes"
                    + " back with its status.")
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            implementation = Object.class,
                                            examples = "{\"action\": \"tap\", \"x\": 100, \"y\": 200}")))
    @APIResponse(
            responseCode = "200",
            description = "What the host says",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, implementation = Object.class)))
    @Extension(
            name = "x-problems",
            value = "not_found,forbidden,invalid_json,body_too_large,unsupported_media_type,host_unreachable")
    public Response execute(@PathParam("id") @Parameter(example = EXAMPLE) String id, @Nullable ObjectNode action) {
        if (action == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        HostClient.Answer answer = hosts.execute(id, action.toString());
        return Response.status(answer.status())
                .type(answer.contentType().isEmpty() ? MediaType.APPLICATION_JSON : answer.contentType())
                .entity(answer.body())
                .build();
    }
}
