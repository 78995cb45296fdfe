// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.security.control.Caller;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Vital.Reading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this node is, and how it fares. */
@Path("/")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "System")
public class SystemResource {

    private static final String UP = "up";
    private static final String DOWN = "down";

    /** What this node is and runs on. */
    @Schema(
            name = "SystemInfo",
            requiredProperties = {"name", "version", "node", "roles", "started_at", "java", "os", "processors"})
    public record SystemInfo(
            @Schema(examples = "Drover") String name,
            @Schema(examples = "0.1.0") String version,
            @Schema(examples = "shop-1:9080") String node,
            @Schema(examples = "[\"api\", \"worker\"]") List<String> roles,
            Instant startedAt,
            @Schema(examples = "25.0.1") String java,
            @Schema(examples = "Linux 6.1 amd64") String os,
            int processors) {}

    /** How this node fares. */
    @Schema(
            name = "SystemStatus",
            requiredProperties = {"status", "node", "uptime_seconds", "components"})
    public record SystemStatus(
            @Schema(enumeration = {UP, DOWN}) String status,
            String node,
            long uptimeSeconds,
            Map<String, Component> components) {}

    /** How one part of it fares. */
    @Schema(
            name = "ComponentStatus",
            requiredProperties = {"status", "message", "details"})
    public record Component(
            @Schema(enumeration = {UP, DOWN}) String status,
            @Schema(examples = "The database answers.") String message,

            @Schema(type = SchemaType.OBJECT, additionalProperties = Object.class)
            Map<String, Object> details) {

        static Component of(Reading reading) {
            return new Component(reading.ready() ? UP : DOWN, reading.message(), reading.details());
        }
    }

    /** How this node fares, with what it uses. */
    @Schema(
            name = "DetailedHealth",
            requiredProperties = {"status", "node", "uptime_seconds", "components", "resources"})
    public record DetailedHealth(
            @Schema(enumeration = {UP, DOWN}) String status,
            String node,
            long uptimeSeconds,
            Map<String, Component> components,
            ProcessResources resources) {}

    private final NodeIdentity node;
    private final Vitals vitals;

    @Inject
    public SystemResource(NodeIdentity node, Vitals vitals) {
        this.node = node;
        this.vitals = vitals;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    SystemResource() {
        this(null, null);
    }

    @GET
    @Path("/system/info")
    @Operation(operationId = "getSystemInfo", summary = "What this node is and runs on")
    @APIResponse(responseCode = "200", description = "The node")
    public SystemInfo info() {
        return new SystemInfo(
                "Drover",
                node.version(),
                node.name(),
                node.roles().stream().sorted().toList(),
                node.startedAt(),
                Runtime.version().toString(),
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors());
    }

    @GET
    @Path("/system/status")
    @Operation(operationId = "getSystemStatus", summary = "How this node fares")
    @APIResponse(responseCode = "200", description = "The node with all that it needs")
    public SystemStatus status() {
        Map<String, Reading> readings = vitals.read();
        return new SystemStatus(overall(readings), node.name(), uptime().toSeconds(), components(readings));
    }

    @GET
    @Path("/health/detailed")
    @RolesAllowed(Caller.ADMIN)
    @Operation(operationId = "getDetailedHealth", summary = "How this node fares, with what it uses")
    @APIResponse(responseCode = "200", description = "The node with all that it needs and uses")
    public DetailedHealth detailed() {
        Map<String, Reading> readings = vitals.read();
        return new DetailedHealth(
                overall(readings),
                node.name(),
                uptime().toSeconds(),
                components(readings),
                ProcessResources.now(node.dataRoot()));
    }

    private static String overall(Map<String, Reading> readings) {
        return readings.values().stream().allMatch(Reading::ready) ? UP : DOWN;
    }

    private static Map<String, Component> components(Map<String, Reading> readings) {
        Map<String, Component> components = new TreeMap<>();
        readings.forEach((name, reading) -> components.put(name, Component.of(reading)));
        return components;
    }

    private static Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
