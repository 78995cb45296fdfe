// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who the caller is. */
@Path("/me")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Tag(name = "Security")
public class MeResource {

    /** The caller as the server knows it. */
    @Schema(name = "Me")
    public record Me(
            @Schema(examples = "admin") String userId,
            @Schema(examples = "default") String tenant,
            @Schema(examples = "[\"admin\", \"user\"]") List<String> roles) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getMe", summary = "Who the token belongs to")
    @APIResponse(responseCode = "200", description = "The caller")
    public Me me(@Context SecurityContext security) {
        Caller caller = CallerPrincipal.require(security.getUserPrincipal());
        return new Me(
                caller.owner().user(),
                caller.owner().tenant(),
                caller.roles().stream().sorted().toList());
    }
}
