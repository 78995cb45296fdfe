// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import dev.drover.webhook.boundary.EndpointDocument.EndpointPage;
import dev.drover.webhook.boundary.EndpointRequest.EndpointChange;
import dev.drover.webhook.control.WebhookHealth;
import dev.drover.webhook.control.Webhooks;
import dev.drover.webhook.entity.DeliveryStatus;
import dev.drover.webhook.entity.Endpoint;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who is told of events. */
@Path("/webhooks")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhooksResource {

    private static final String PROBLEMS = "x-problems";
    private static final String IF_MATCH = "The ETag of the endpoint as it was read; where it is left out, any will do";
    private static final int LONGEST_GRACE = 30 * 24 * 3600;

    /** How to replace a secret. */
    @Schema(name = "SecretRotation", examples = "{\"grace_seconds\": 3600}")
    public record RotationRequest(
            @Schema(
                    minimum = "0",
                    maximum = "2592000",
                    description =
                            "How long the secret before signs too; a day where nothing is said, unless the server is"
                                    + " set otherwise")
            @Nullable
            Integer graceSeconds) {}

    /** How webhooks do. */
    @Schema(
            name = "WebhookHealth",
            requiredProperties = {"status", "endpoints", "deliveries", "oldest_wait_seconds"})
    public record HealthDocument(
            @Schema(
                    enumeration = {"up", "degraded"},
                    description =
                            "degraded: an endpoint takes nothing, or a delivery has waited for more than a minute")
            String status,

            EndpointCounts endpoints,

            @Schema(
                    description = "Of each status, as far as they are kept",
                    examples = "{\"pending\": 0, \"failed\": 2}")
            Map<String, Long> deliveries,

            @Schema(description = "Of a delivery that is to be sent; 0 where there is none")
            long oldestWaitSeconds) {

        static HealthDocument of(WebhookHealth health) {
            Map<String, Long> deliveries = new TreeMap<>();
            Arrays.stream(DeliveryStatus.values())
                    .forEach(status -> deliveries.put(status.wireName(), health.in(status)));
            return new HealthDocument(
                    health.isWell() ? "up" : "degraded",
                    new EndpointCounts(health.enabled(), health.failing(), health.disabled()),
                    deliveries,
                    health.oldestWait().toSeconds());
        }
    }

    /** How many endpoints there are. */
    @Schema(
            name = "WebhookEndpointCounts",
            requiredProperties = {"enabled", "failing", "disabled"})
    public record EndpointCounts(
            int enabled,

            @Schema(description = "Enabled ones that take nothing")
            int failing,

            int disabled) {}

    private final Webhooks webhooks;

    @Inject
    public WebhooksResource(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    WebhooksResource() {
        this(null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "registerWebhook",
            summary = "Register a webhook endpoint",
            description = "The secret is in this answer and in no other. What is sent is signed with it as Standard"
                    + " Webhooks says.")
    @APIResponse(
            responseCode = "201",
            description = "The endpoint, with its secret",
            headers = {
                @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = EndpointDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "invalid_json,invalid_request,body_too_large,unsupported_media_type,too_many_webhooks")
    public Response register(@Nullable EndpointRequest request, @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        UUID reserved = (UUID) http.getAttribute(Idempotency.RESERVED_ID);
        Endpoint endpoint = webhooks.register(caller(http), request.wish(), reserved);
        return tagged(Response.status(Response.Status.CREATED), endpoint, EndpointDocument.withSecret(endpoint))
                .header(HttpHeaders.LOCATION, "/api/v1/webhooks/" + endpoint.id())
                .build();
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "Webhook endpoints, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of endpoints",
            content = @Content(schema = @Schema(implementation = EndpointPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(@BeanParam PageParams params, @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        checks.refuseIfAny();
        return params.answer(
                request.page(webhooks.list(caller(http), request.cursor(), request.rows())),
                Endpoint::id,
                EndpointDocument::of,
                EndpointPage::new);
    }

    @GET
    @Path("/health")
    @Operation(
            operationId = "getWebhookHealth",
            summary = "How webhooks do",
            description = "Of the endpoints and deliveries that the caller may see.")
    @APIResponse(responseCode = "200", description = "The numbers")
    public HealthDocument health(@Context HttpServletRequest http) {
        return HealthDocument.of(webhooks.health(caller(http)));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "One webhook endpoint")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint, without its secret",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = EndpointDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found")
    public Response get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        Endpoint endpoint = webhooks.find(caller(http), RecordIds.parse(id));
        return tagged(Response.ok(), endpoint, EndpointDocument.of(endpoint)).build();
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeWebhook",
            summary = "Change a webhook endpoint",
            description = "What is left out stays as it is. One that is enabled anew begins without what it failed at"
                    + " before.")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint as it is now",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = EndpointDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "not_found,precondition_failed,invalid_json,invalid_request,body_too_large,unsupported_media_type")
    public Response change(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @HeaderParam("If-Match") @Parameter(description = IF_MATCH) @Nullable String ifMatch,
            @Nullable EndpointChange change,
            @Context HttpServletRequest http) {
        if (change == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        Endpoint endpoint =
                webhooks.change(caller(http), RecordIds.parse(id), RecordIds.revision(ifMatch), change.wish());
        return tagged(Response.ok(), endpoint, EndpointDocument.of(endpoint)).build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "removeWebhook", summary = "Remove a webhook endpoint with its deliveries")
    @APIResponse(responseCode = "204", description = "Removed")
    @Extension(name = PROBLEMS, value = "not_found,precondition_failed")
    public void remove(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @HeaderParam("If-Match") @Parameter(description = IF_MATCH) @Nullable String ifMatch,
            @Context HttpServletRequest http) {
        webhooks.remove(caller(http), RecordIds.parse(id), RecordIds.revision(ifMatch));
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give a webhook endpoint a new secret",
            description =
                    "The new secret is in this answer and in no other. For a while both sign, so that the receiver"
                            + " can change over in its own time.")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint, with its new secret",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = EndpointDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,precondition_failed,invalid_json,invalid_request")
    public Response rotate(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @HeaderParam("If-Match") @Parameter(description = IF_MATCH) @Nullable String ifMatch,
            @Nullable RotationRequest request,
            @Context HttpServletRequest http) {
        Integer seconds = request == null ? null : request.graceSeconds();
        Checks checks = new Checks();
        checks.within("/grace_seconds", seconds, 0, LONGEST_GRACE);
        checks.refuseIfAny();
        Endpoint endpoint = webhooks.rotate(
                caller(http),
                RecordIds.parse(id),
                RecordIds.revision(ifMatch),
                seconds == null ? null : Duration.ofSeconds(seconds));
        return tagged(Response.ok(), endpoint, EndpointDocument.withSecret(endpoint))
                .build();
    }

    private static Response.ResponseBuilder tagged(
            Response.ResponseBuilder answer, Endpoint endpoint, EndpointDocument document) {
        return answer.entity(document).tag(Integer.toString(endpoint.revision()));
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
