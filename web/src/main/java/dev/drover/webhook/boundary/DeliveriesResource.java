// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import dev.drover.webhook.boundary.DeliveryDocument.DeliveryPage;
import dev.drover.webhook.control.Webhooks;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryFilter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was sent to whom, and how that went. */
@Path("/webhooks/deliveries")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class DeliveriesResource {

    private static final String PROBLEMS = "x-problems";

    private final Webhooks webhooks;

    @Inject
    public DeliveriesResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    DeliveriesResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listWebhookDeliveries", summary = "Deliveries of webhooks, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of deliveries",
            content = @Content(schema = @Schema(implementation = DeliveryPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(
            @QueryParam("status")
                    @Parameter(
                            description = "One or more with commas between: pending, delivered, failed, discarded,"
                                    + " superseded",
                            example = "failed,discarded")
                    List<String> statuses,
            @QueryParam("endpoint_id") @Parameter(example = RecordIds.EXAMPLE) @Nullable String endpoint,
            @QueryParam("job_id") @Parameter(example = RecordIds.EXAMPLE) @Nullable String job,
            @QueryParam("event_type") @Parameter(example = "job_completed") @Nullable String eventType,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        DeliveryFilter filter = DeliveryFilters.of(checks, statuses, endpoint, job, eventType, request.cursor());
        checks.refuseIfAny();
        return params.answer(
                request.page(webhooks.deliveries(caller(http), filter, request.rows())),
                Delivery::id,
                DeliveryDocument::listed,
                DeliveryPage::new);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhookDelivery", summary = "One delivery with its body and its attempts")
    @APIResponse(responseCode = "200", description = "The delivery")
    @Extension(name = PROBLEMS, value = "not_found")
    public DeliveryDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return complete(webhooks.delivery(caller(http), RecordIds.parse(id)));
    }

    @POST
    @Path("/{id}/redeliver")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "redeliverWebhook",
            summary = "Send a delivery anew",
            description =
                    "With the same webhook-id and as many attempts as at first; one that waits for its next attempt"
                            + " is sent at once. Later events of its job wait for it.")
    @APIResponse(
            responseCode = "202",
            description = "It is to be sent",
            content = @Content(schema = @Schema(implementation = DeliveryDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,webhook_disabled,webhook_in_flight")
    public Response redeliver(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return Response.accepted(complete(webhooks.sendAgain(caller(http), RecordIds.parse(id))))
                .build();
    }

    private DeliveryDocument complete(Delivery delivery) {
        return DeliveryDocument.complete(delivery, webhooks.attempts(delivery));
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
