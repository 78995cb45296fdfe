// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import dev.drover.job.entity.JobPriority;
import dev.drover.reliability.control.FallbackMeters;
import dev.drover.reliability.control.ServiceHealth.Dependency;
import dev.drover.reliability.control.ServiceWatch;
import dev.drover.reliability.control.ServiceWatch.Assessment;
import dev.drover.reliability.control.ServiceWatch.Change;
import dev.drover.reliability.control.TaskFallbacks;
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

/** How much of its work the service takes on now, and what its jobs fall back to. */
@Path("/fallback")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reliability")
public class FallbackResource {

    /** One thing that the service depends on. */
    @Schema(
            name = "ServiceDependency",
            requiredProperties = {"name", "healthy", "service_level", "message"})
    public record ServiceDocument(
            @Schema(enumeration = {"database", "broker", "browsers", "queue", "disk", "ledger", "sites"})
            String name,

            boolean healthy,

            @Schema(
                    description = "The level that it asks for",
                    enumeration = {"full", "degraded", "minimal", "emergency"})
            String serviceLevel,

            @Schema(examples = "The database answers.") String message) {

        static ServiceDocument of(Dependency service) {
            return new ServiceDocument(
                    service.name(), service.isWell(), service.level().wireName(), service.message());
        }
    }

    /** A change of the level. */
    @Schema(
            name = "DegradationEvent",
            requiredProperties = {"timestamp", "from_level", "to_level", "reason"})
    public record DegradationEvent(
            Instant timestamp,

            @Schema(enumeration = {"full", "degraded", "minimal", "emergency"})
            String fromLevel,

            @Schema(enumeration = {"full", "degraded", "minimal", "emergency"})
            String toLevel,

            @Schema(description = "Empty when all is well again", examples = "The broker does not answer.")
            String reason) {

        static DegradationEvent of(Change change) {
            return new DegradationEvent(
                    change.at(), change.from().wireName(), change.to().wireName(), change.reasons());
        }
    }

    /** The level, and what stands behind it. */
    @Schema(
            name = "ServiceLevel",
            requiredProperties = {
                "current_service_level",
                "since",
                "service_availability",
                "healthy_services",
                "total_services",
                "refused_priorities",
                "services",
                "degradation_events",
                "node",
                "checked_at"
            })
    public record ServiceLevelDocument(
            @Schema(enumeration = {"full", "degraded", "minimal", "emergency"})
            String currentServiceLevel,

            Instant since,

            @Schema(description = "Share of the services that are healthy, in percent", examples = "85.7")
            double serviceAvailability,

            int healthyServices,
            int totalServices,

            @Schema(description = "Priorities of which no new jobs are taken now", examples = "[\"low\"]")
            List<String> refusedPriorities,

            List<ServiceDocument> services,

            @Schema(description = "The last changes on this node since its start, the newest first")
            List<DegradationEvent> degradationEvents,

            @Schema(examples = "shop-1:9080") String node,
            Instant checkedAt) {}

    /** How the services are that this one depends on. */
    @Schema(
            name = "ServiceHealth",
            requiredProperties = {"status", "health_score", "healthy_services", "total_services", "services", "node"})
    public record ServiceHealthDocument(
            @Schema(
                    description = "healthy: all are; unhealthy: new jobs of normal priority are refused",
                    enumeration = {"healthy", "degraded", "unhealthy"})
            String status,

            @Schema(description = "0 to 100", examples = "97")
            int healthScore,

            int healthyServices,
            int totalServices,
            List<ServiceDocument> services,
            @Schema(examples = "shop-1:9080") String node,
            Instant checkedAt) {}

    /** How often jobs of a task fell back to something. */
    @Schema(
            name = "FallbackUse",
            requiredProperties = {"task", "fallback", "used", "succeeded", "success_rate", "last_used_at"})
    public record FallbackUse(
            @Schema(examples = "extract") String task,

            @Schema(enumeration = {"engine", "source", "reduced", "stale"})
            String fallback,

            long used,

            @Schema(description = "Of them, how many brought the job to a result")
            long succeeded,

            @Schema(description = "In percent", examples = "96.4")
            double successRate,

            Instant lastUsedAt) {

        static FallbackUse of(FallbackMeters.Use use, FallbackMeters.Count count) {
            return new FallbackUse(
                    use.task(),
                    use.fallback(),
                    count.used(),
                    count.succeeded(),
                    percent(count.succeeded(), count.used()),
                    count.lastUsedAt());
        }
    }

    /** The fallbacks that this node has used since its start. */
    @Schema(
            name = "FallbackMetrics",
            requiredProperties = {"items", "total_used", "total_succeeded", "node"})
    public record FallbackMetricsDocument(
            List<FallbackUse> items,
            long totalUsed,
            long totalSucceeded,
            @Schema(examples = "shop-1:9080") String node) {}

    private final ServiceWatch watch;
    private final TaskFallbacks fallbacks;
    private final NodeIdentity node;

    @Inject
    public FallbackResource(ServiceWatch watch, TaskFallbacks fallbacks, NodeIdentity node) {
        this.watch = watch;
        this.fallbacks = fallbacks;
        this.node = node;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    FallbackResource() {
        this(null, null, null);
    }

    @GET
    @Path("/service-level")
    @Operation(
            operationId = "getServiceLevel",
            summary = "How much of its work this node takes on",
            description =
                    "It falls at once when something is wrong, and rises when things have been better for a while.")
    @APIResponse(responseCode = "200", description = "The level, with what stands behind it")
    public ServiceLevelDocument serviceLevel() {
        Assessment now = watch.current();
        int total = now.health().services().size();
        return new ServiceLevelDocument(
                now.level().wireName(),
                now.since(),
                percent(now.health().well(), total),
                now.health().well(),
                total,
                now.level().refused().stream().map(JobPriority::wireName).toList(),
                services(now),
                watch.changes().stream().map(DegradationEvent::of).toList(),
                node.name(),
                now.at());
    }

    @GET
    @Path("/health")
    @Operation(operationId = "getServiceHealth", summary = "How the services are that this node depends on")
    @APIResponse(responseCode = "200", description = "Each of them")
    public ServiceHealthDocument health() {
        Assessment now = watch.current();
        int total = now.health().services().size();
        return new ServiceHealthDocument(
                status(now), now.health().score(), now.health().well(), total, services(now), node.name(), now.at());
    }

    @GET
    @Path("/metrics")
    @Operation(
            operationId = "getFallbackMetrics",
            summary = "How often jobs fell back to something on this node since its start")
    @APIResponse(responseCode = "200", description = "By task and kind of fallback")
    public FallbackMetricsDocument metrics() {
        List<FallbackUse> items = fallbacks.uses().entrySet().stream()
                .map(entry -> FallbackUse.of(entry.getKey(), entry.getValue()))
                .toList();
        return new FallbackMetricsDocument(
                items,
                items.stream().mapToLong(FallbackUse::used).sum(),
                items.stream().mapToLong(FallbackUse::succeeded).sum(),
                node.name());
    }

    private static double percent(long part, long whole) {
        return Math.round(1000.0 * part / whole) / 10.0;
    }

    private static String status(Assessment now) {
        if (now.level().refuses(JobPriority.NORMAL)) {
            return "unhealthy";
        }
        return now.health().well() == now.health().services().size() ? "healthy" : "degraded";
    }

    private static List<ServiceDocument> services(Assessment now) {
        return now.health().services().stream().map(ServiceDocument::of).toList();
    }
}
