// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import dev.drover.reliability.control.ServiceHealth.Dependency;
import dev.drover.reliability.control.ServiceWatch;
import dev.drover.reliability.control.ServiceWatch.Assessment;
import dev.drover.security.control.Caller;
import dev.drover.system.control.NodeIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How well this node does, in one number. */
@Path("/system/health-score")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reliability")
public class HealthScoreResource {

    /** What one thing contributes to the number. */
    @Schema(
            name = "HealthScorePart",
            requiredProperties = {"name", "points", "most_points", "message"})
    public record Part(
            @Schema(examples = "database") String name,
            @Schema(examples = "35.0") double points,
            @Schema(examples = "35") int mostPoints,
            @Schema(examples = "The database answers.") String message) {

        static Part of(Dependency service) {
            return new Part(
                    service.name(), Math.round(service.points() * 10) / 10.0, service.weight(), service.message());
        }
    }

    /** The number with its parts. */
    @Schema(
            name = "HealthScore",
            requiredProperties = {"score", "service_level", "parts", "node", "checked_at"})
    public record HealthScoreDocument(
            @Schema(description = "0 to 100", examples = "97")
            int score,

            @Schema(enumeration = {"full", "degraded", "minimal", "emergency"})
            String serviceLevel,

            List<Part> parts,
            @Schema(examples = "shop-1:9080") String node,
            Instant checkedAt) {}

    private final ServiceWatch watch;
    private final NodeIdentity node;

    @Inject
    public HealthScoreResource(ServiceWatch watch, NodeIdentity node) {
        this.watch = watch;
        this.node = node;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HealthScoreResource() {
        this(null, null);
    }

    @GET
    @Operation(operationId = "getHealthScore", summary = "How well this node does, from 0 to 100, with its parts")
    @APIResponse(responseCode = "200", description = "The score")
    public HealthScoreDocument score() {
        Assessment now = watch.current();
        return new HealthScoreDocument(
                now.health().score(),
                now.level().wireName(),
                now.health().services().stream().map(Part::of).toList(),
                node.name(),
                now.at());
    }
}
