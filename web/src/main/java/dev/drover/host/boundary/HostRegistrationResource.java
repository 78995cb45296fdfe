// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import dev.drover.host.control.Hosts;
import dev.drover.host.entity.Host;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes machines into the list that are no nodes. The server will send requests to them: for administrators. */
@Path("/hosts/register")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class HostRegistrationResource {

    private final Hosts hosts;

    @Inject
    public HostRegistrationResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HostRegistrationResource() {
        this(null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "registerHost",
            summary = "Register a host, or say again that it lives",
            description = "From then on the server asks it at {host_url}/host/health every 20 seconds.")
    @APIResponse(
            responseCode = "201",
            description = "The host as it is listed",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = HostDocument.class)))
    @Extension(
            name = "x-problems",
            value = "invalid_json,invalid_request,body_too_large,unsupported_media_type,forbidden,host_is_node")
    public Response register(@Nullable HostRequest request) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        Host host = hosts.register(String.valueOf(request.hostName()), request.facts());
        return Response.status(Response.Status.CREATED)
                .header(
                        HttpHeaders.LOCATION,
                        UriBuilder.fromPath("/api/v1/hosts/{id}").build(host.name()))
                .entity(HostDocument.of(host))
                .build();
    }
}
