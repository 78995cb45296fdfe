// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.host.entity.Host;
import dev.drover.system.control.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A host as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Host",
        requiredProperties = {
            "id",
            "host_name",
            "kind",
            "status",
            "capabilities",
            "devices",
            "engines",
            "roles",
            "slots",
            "running",
            "registered_at",
            "last_ping"
        })
public record HostDocument(
        @Schema(description = "As in the addresses below /hosts", examples = "shop-1:9080")
        String id,

        @Schema(examples = "shop-1:9080") String hostName,

        @Schema(format = "uri", examples = "http://shop-1:9080") @Nullable
        String hostUrl,

        @Schema(enumeration = {"node", "foreign"}) String kind,

        @Schema(
                description = "Of a node: available, draining or drained; of a foreign host, what it says",
                examples = "available")
        String status,

        @Schema(description = "Of a node: its browser engines and its labels", examples = "[\"chromium\"]")
        List<String> capabilities,

        @Schema(type = SchemaType.ARRAY, implementation = Object.class)
        JsonNode devices,

        @Schema(description = "Of a node: every engine, with the reason for each that is missing")
        List<EngineDocument> engines,

        @Schema(description = "Of a node: api, worker or both")
        List<String> roles,

        @Nullable String version,

        @Schema(description = "How many jobs with a browser it runs at once, at most")
        int slots,

        @Schema(description = "How many jobs go on") int running,

        @Schema(description = "While it drains: when what runs goes back to the queue") @Nullable
        Instant drainDeadline,

        Instant registeredAt,

        @Schema(description = "When it was last heard of") Instant lastPing) {

    /** A browser engine on a node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "HostEngine",
            requiredProperties = {"name", "availability"})
    public record EngineDocument(
            @Schema(examples = "chromium") String name,

            @Schema(enumeration = {"available", "unavailable", "unknown"})
            String availability,

            @Nullable String version,

            @Schema(description = "Why it is not available") @Nullable
            String reason) {}

    /** All hosts. */
    @Schema(name = "HostPage", requiredProperties = "items")
    public record HostPage(List<HostDocument> items) {}

    static HostDocument of(Host host) {
        Host.Facts facts = host.facts();
        return new HostDocument(
                host.name(),
                host.name(),
                facts.url(),
                host.kind().wireName(),
                facts.status(),
                Arrays.asList(Json.MAPPER.convertValue(Json.read(facts.capabilities()), String[].class)),
                Json.read(facts.devices()),
                Arrays.asList(Json.MAPPER.convertValue(Json.read(facts.engines()), EngineDocument[].class)),
                facts.roles().isEmpty() ? List.of() : List.of(facts.roles().split(",", -1)),
                facts.version(),
                facts.slots(),
                facts.running(),
                facts.drainUntil(),
                host.registeredAt(),
                host.lastPing());
    }
}
