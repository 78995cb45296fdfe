// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import dev.drover.host.boundary.HostDocument.HostPage;
import dev.drover.host.control.Hosts;
import dev.drover.security.control.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where work is done. */
@Path("/hosts")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class HostsResource {

    private final Hosts hosts;

    @Inject
    public HostsResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HostsResource() {
        this(null);
    }

    @GET
    @Operation(
            operationId = "listHosts",
            summary = "The nodes of the cluster and the hosts that were registered",
            description = "A node writes every other second that it lives; what is silent for two minutes is removed.")
    @APIResponse(responseCode = "200", description = "All hosts, by their names")
    public HostPage list() {
        return new HostPage(hosts.list().stream().map(HostDocument::of).toList());
    }
}
