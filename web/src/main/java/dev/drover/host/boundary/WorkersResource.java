// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import dev.drover.host.control.Hosts;
import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.security.control.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The nodes that work, in the short form of a browser fleet. */
@Path("/workers")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class WorkersResource {

    /** A node writes every other second that it lives. */
    private static final Duration SILENT = Duration.ofSeconds(15);

    /** One node. */
    @Schema(
            name = "Worker",
            requiredProperties = {"name", "healthy", "detail", "supports_vnc"})
    public record WorkerDocument(
            @Schema(examples = "shop-1:9080") String name,

            @Schema(description = "It was heard of within 15 seconds and takes work")
            boolean healthy,

            @Schema(examples = "2 of 4 slots in use") String detail,

            boolean supportsVnc) {

        static WorkerDocument of(Host host, Instant now) {
            Host.Facts facts = host.facts();
            boolean silent = host.lastPing().isBefore(now.minus(SILENT));
            String detail = silent
                    ? "silent for %d s"
                            .formatted(Duration.between(host.lastPing(), now).toSeconds())
                    : String.format(
                            Locale.ROOT, "%s, %d running, %d slots", facts.status(), facts.running(), facts.slots());
            return new WorkerDocument(
                    host.name(),
                    !silent && facts.status().equals("available"),
                    detail,
                    facts.capabilities().contains("\"vnc\""));
        }
    }

    private final Hosts hosts;

    @Inject
    public WorkersResource(Hosts hosts) {
        this.hosts = hosts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    WorkersResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listWorkers", summary = "The nodes that work, and whether they do well")
    @APIResponse(responseCode = "200", description = "By their names")
    public List<WorkerDocument> list() {
        Instant now = Instant.now();
        return hosts.list().stream()
                .filter(host -> host.kind() == HostKind.NODE)
                .filter(host -> host.facts().roles().contains("worker"))
                .map(host -> WorkerDocument.of(host, now))
                .toList();
    }
}
