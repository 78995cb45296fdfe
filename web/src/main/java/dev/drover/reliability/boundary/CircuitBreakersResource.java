// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import dev.drover.reliability.control.SharedBreakers;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The circuit breakers of all nodes. For administrators: the names are those of sites that anyone's jobs visit. */
@Path("/circuit-breakers")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reliability")
public class CircuitBreakersResource {

    /** What became of a wish to close all breakers. */
    @Schema(name = "CircuitBreakersReset", requiredProperties = "reset")
    public record ResetResult(
            @Schema(description = "How many breakers were not closed", examples = "2")
            int reset) {}

    private final SharedBreakers breakers;

    @Inject
    public CircuitBreakersResource(SharedBreakers breakers) {
        this.breakers = breakers;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    CircuitBreakersResource() {
        this(null);
    }

    @GET
    @Operation(
            operationId = "listCircuitBreakers",
            summary = "The circuit breakers of sites and of the receivers of webhooks",
            description = "Those of this node, and those that any node has opened.")
    @APIResponse(responseCode = "200", description = "All breakers")
    public BreakerDocument.Page list() {
        return BreakerDocument.Page.of(breakers.list());
    }

    @POST
    @Path("/{name}/reset")
    @Operation(
            operationId = "resetCircuitBreaker",
            summary = "Close a circuit breaker on all nodes",
            description = "What was counted is forgotten. Other nodes follow within seconds.")
    @APIResponse(responseCode = "200", description = "The breaker, closed")
    @Extension(name = "x-problems", value = "not_found")
    public BreakerDocument reset(@PathParam("name") @Parameter(example = "site:shop.example.com") String name) {
        return breakers.reset(name)
                .map(BreakerDocument::of)
                .orElseThrow(() -> new DroverException(ErrorCode.NOT_FOUND, "There is no such circuit breaker."));
    }

    @POST
    @Path("/reset-all")
    @Operation(operationId = "resetAllCircuitBreakers", summary = "Close all circuit breakers on all nodes")
    @APIResponse(responseCode = "200", description = "All are closed")
    public ResetResult resetAll() {
        return new ResetResult(breakers.resetAll());
    }
}
