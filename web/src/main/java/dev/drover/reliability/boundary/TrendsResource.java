// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.reliability.control.Trends;
import dev.drover.reliability.control.Trends.Trend;
import dev.drover.reliability.entity.TrendSample;
import dev.drover.security.control.Caller;
import dev.drover.system.control.Checks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How the nodes did over the last hours. */
@Path("/system/trends")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reliability")
public class TrendsResource {

    private static final int MOST_HOURS = 720;

    /** How a node did at a moment, or over a while. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "TrendPoint",
            requiredProperties = {
                "timestamp",
                "service_level",
                "health_score",
                "queued",
                "running",
                "oldest_wait_seconds",
                "open_circuit_breakers",
                "workers",
                "broken_workers",
                "ledger_backlog",
                "disk_free_megabytes",
                "heap_used_megabytes"
            })
    public record Point(
            Instant timestamp,

            @Schema(enumeration = {"full", "degraded", "minimal", "emergency"})
            String serviceLevel,

            @Schema(description = "0 to 100", examples = "97")
            int healthScore,

            @Schema(description = "Jobs that waited, on all nodes")
            long queued,

            @Schema(description = "Attempts that went on, on all nodes")
            long running,

            long oldestWaitSeconds,
            int openCircuitBreakers,
            int workers,
            int brokenWorkers,
            int ledgerBacklog,
            long diskFreeMegabytes,
            long heapUsedMegabytes,

            @Schema(description = "Of the machine; left out where it does not tell") @Nullable
            Double loadAverage) {

        static Point of(TrendSample sample) {
            TrendSample.Figures figures = sample.figures();
            return new Point(
                    sample.takenAt(),
                    figures.serviceLevel(),
                    figures.healthScore(),
                    figures.queued(),
                    figures.running(),
                    figures.oldestWaitSeconds(),
                    figures.openSites(),
                    figures.workers(),
                    figures.brokenWorkers(),
                    figures.ledgerBacklog(),
                    figures.diskFreeMegabytes(),
                    figures.heapUsedMegabytes(),
                    figures.loadAverage() < 0 ? null : figures.loadAverage());
        }
    }

    /** A node's last hours. */
    @Schema(
            name = "Trends",
            requiredProperties = {"node", "nodes", "from", "step_seconds", "items"})
    public record TrendPage(
            @Schema(examples = "shop-1:9080") String node,

            @Schema(description = "The nodes of which there are samples")
            List<String> nodes,

            Instant from,

            @Schema(
                    description = "What one item stands for: of several samples the worst, or of what is no trouble the"
                            + " mean",
                    examples = "60")
            long stepSeconds,

            List<Point> items) {}

    private final Trends trends;

    @Inject
    public TrendsResource(Trends trends) {
        this.trends = trends;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    TrendsResource() {
        this(null);
    }

    @GET
    @Operation(
            operationId = "getTrends",
            summary = "How a node did over the last hours",
            description = "A sample is taken every minute; at most 360 items, in the order of their times.")
    @APIResponse(responseCode = "200", description = "The samples")
    @Extension(name = "x-problems", value = "invalid_request")
    public TrendPage trends(
            @QueryParam("hours")
                    @DefaultValue("6")
                    @Parameter(
                            description = "1 to 720; samples are kept for 48 hours unless configured otherwise",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "720",
                                            defaultValue = "6"))
                    String hours,
            @QueryParam("node")
                    @Parameter(description = "Where it is left out: the node that answers", example = "shop-1:9080")
                    @Nullable
                    String node) {
        Trend trend = trends.of(node == null || node.isEmpty() ? null : node, Duration.ofHours(hours(hours)));
        return new TrendPage(
                trend.node(),
                trends.nodes(),
                trend.from(),
                trend.step().toSeconds(),
                trend.samples().stream().map(Point::of).toList());
    }

    static int hours(String text) {
        Checks checks = new Checks();
        int hours = checks.number("hours", text, 1, MOST_HOURS);
        checks.refuseIfAny();
        return hours;
    }
}
