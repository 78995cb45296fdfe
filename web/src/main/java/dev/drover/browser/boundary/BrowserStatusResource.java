// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.WorkerStatus;
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
import org.jspecify.annotations.Nullable;

/** The browser workers of this node. */
@Path("/status/browser-sessions")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Tag(name = "System")
public class BrowserStatusResource {

    /** One browser worker. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "BrowserWorker",
            requiredProperties = {"id", "state", "runs"})
    public record WorkerDocument(
            @Schema(examples = "1") String id,
            @Schema(examples = "chromium") @Nullable String engine,
            @Nullable String version,

            @Schema(enumeration = {"starting", "idle", "busy", "recycling", "broken"})
            String state,

            @Schema(description = "The job that it runs", format = "uuid") @Nullable
            String jobId,

            @Nullable Long browserPid,
            @Nullable Long driverPid,

            @Schema(description = "Of driver and browser, shared pages divided") @Nullable
            Long memoryBytes,

            @Schema(description = "Since the browser was launched")
            int runs,

            @Nullable Instant launchedAt) {

        static WorkerDocument of(WorkerStatus worker) {
            return new WorkerDocument(
                    Integer.toString(worker.id()),
                    worker.engine(),
                    worker.version(),
                    worker.state().wireName(),
                    worker.run(),
                    positive(worker.browserPid()),
                    positive(worker.driverPid()),
                    positive(worker.memoryBytes()),
                    worker.runs(),
                    worker.launchedAt());
        }

        private static @Nullable Long positive(long value) {
            return value > 0 ? value : null;
        }
    }

    /** What this node can do with an engine. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "BrowserEngine",
            requiredProperties = {"name", "availability"})
    public record EngineDocument(
            @Schema(examples = "chromium") String name,

            @Schema(enumeration = {"available", "unavailable", "unknown"})
            String availability,

            @Nullable String version,

            @Schema(description = "Why it is not available") @Nullable
            String reason) {

        static EngineDocument of(EngineStatus engine) {
            return new EngineDocument(
                    engine.name(), engine.availability().wireName(), engine.version(), engine.reason());
        }
    }

    /** All browsers of this node. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "BrowserWorkerPage",
            requiredProperties = {"items", "engines", "waiting", "size", "min", "max"})
    public record WorkerPage(
            List<WorkerDocument> items,
            List<EngineDocument> engines,

            @Schema(description = "Runs that wait for a worker")
            int waiting,

            @Schema(description = "How many runs can go on at once, now")
            int size,

            @Schema(description = "How many there are at least, however little there is to do")
            int min,

            @Schema(description = "How many there may become")
            int max,

            @Schema(description = "Why this node has no browsers, where it is to have none") @Nullable
            String detail) {}

    private final BrowserPool pool;
    private final NodeIdentity node;

    @Inject
    public BrowserStatusResource(BrowserPool pool, NodeIdentity node) {
        this.pool = pool;
        this.node = node;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BrowserStatusResource() {
        this(null, null);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listBrowserWorkers", summary = "The browser workers of this node")
    @APIResponse(responseCode = "200", description = "All workers and engines")
    public WorkerPage list() {
        return new WorkerPage(
                pool.workers().stream().map(WorkerDocument::of).toList(),
                pool.engines().stream().map(EngineDocument::of).toList(),
                pool.waiting(),
                pool.size(),
                pool.least(),
                pool.most(),
                node.isWorker() ? null : "This node runs no jobs and no browsers: DROVER_ROLES is without worker.");
    }
}
