// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import dev.drover.host.control.Hosts;
import dev.drover.security.control.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
}
