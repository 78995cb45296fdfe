// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drover.reliability.control.Alerts;
import dev.drover.reliability.entity.Alert;
import dev.drover.security.control.Caller;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is not as it should be, and what was not. For administrators: alerts name sites that anyone's jobs visit. */
@Path("/alerts")
@ApplicationScoped
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reliability")
public class AlertsResource {

    /** Something that is not as it should be, or was not. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "Alert",
            requiredProperties = {
                "id",
                "rule",
                "subject",
                "severity",
                "message",
                "node",
                "measured",
                "threshold",
                "active",
                "started_at"
            })
    public record AlertDocument(
            UUID id,

            @Schema(
                    enumeration = {
                        "queue_size",
                        "queue_wait",
                        "health_score",
                        "service_level",
                        "database_down",
                        "broker_down",
                        "browsers_broken",
                        "disk_space",
                        "ledger_backlog",
                        "breaker_open",
                        "webhook_disabled"
                    })
            String rule,

            @Schema(
                    description = "A node, a circuit breaker or a webhook endpoint; empty for the service as a whole",
                    examples = "site:shop.example.com")
            String subject,

            @Schema(enumeration = {"low", "medium", "high", "critical"})
            String severity,

            @Schema(examples = "21 jobs wait.") String message,

            @Schema(description = "The node that has seen it", examples = "shop-1:9080")
            String node,

            @Schema(description = "When it began", examples = "21.0")
            double measured,

            @Schema(examples = "20.0") double threshold,
            boolean active,
            Instant startedAt,

            @Schema(description = "Left out while it goes on") @Nullable
            Instant endedAt) {

        static AlertDocument of(Alert alert) {
            return new AlertDocument(
                    alert.id(),
                    alert.rule(),
                    alert.subject(),
                    alert.severity().wireName(),
                    alert.message(),
                    alert.node(),
                    alert.measured(),
                    alert.threshold(),
                    alert.endedAt().isEmpty(),
                    alert.startedAt(),
                    alert.endedAt().orElse(null));
        }
    }

    /** Some alerts, the newest first. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AlertPage", requiredProperties = "items")
    public record AlertPage(
            List<AlertDocument> items,

            @Schema(description = "For the next page; left out on the last one") @Nullable
            String nextCursor) {}

    private final Alerts alerts;

    @Inject
    public AlertsResource(Alerts alerts) {
        this.alerts = alerts;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    AlertsResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listAlerts", summary = "Alerts of all nodes, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of alerts",
            content = @Content(schema = @Schema(implementation = AlertPage.class)))
    @Extension(name = "x-problems", value = "invalid_request")
    public Response list(
            @QueryParam("active")
                    @Parameter(
                            description = "true: those that go on; false: those that are over; else all",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @Nullable
                    String active,
            @BeanParam PageParams params) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        Boolean wanted = active(checks, active);
        checks.refuseIfAny();
        return params.answer(
                request.page(alerts.list(wanted, request.cursor(), request.rows())),
                Alert::id,
                AlertDocument::of,
                AlertPage::new);
    }

    static @Nullable Boolean active(Checks checks, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            checks.violated("", "active: true or false");
        }
        return text.equals("true");
    }
}
