// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.job.boundary.BookingDocument.BookingRequest;
import dev.drover.job.boundary.JobRequest.BrowserRequest;
import dev.drover.job.boundary.JobsResource.CancelRequest;
import dev.drover.job.control.Cancellation;
import dev.drover.job.control.CurrentCodes;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.Json;
import dev.drover.system.control.RecordIds;
import dev.drover.webhook.control.WebhookSettings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
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

/** Bookings of driving tests: jobs of the task {@code booking}, in the words of those who book. */
@Path("/booking")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Booking")
public class BookingResource {

    private static final String PROBLEMS = "x-problems";
    private static final String TASK = "booking";

    /** Those who book are in Sweden, and so is what their browser says. */
    private static final BrowserRequest BROWSER =
            new BrowserRequest(null, null, null, "sv-SE", "Europe/Stockholm", null, null, null);

    private final Jobs jobs;
    private final CurrentCodes codes;
    private final WebhookSettings webhooks;

    @Inject
    public BookingResource(Jobs jobs, CurrentCodes codes, WebhookSettings webhooks) {
        this.jobs = jobs;
        this.codes = codes;
        this.webhooks = webhooks;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BookingResource() {
        this(null, null, null);
    }

    @POST
    @Path("/start")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startBooking",
            summary = "Start a booking",
            description = "Follow its job at /ws/jobs/{job_id}: qr_code_update brings the codes to scan,"
                    + " booking_completed the end.")
    @APIResponse(
            responseCode = "202",
            description = "The booking was accepted",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = BookingDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "invalid_json,invalid_request,invalid_params,body_too_large,unsupported_media_type,too_many_jobs,"
                    + "service_degraded")
    public Response start(@Nullable BookingRequest request, @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        Checks checks = new Checks();
        checks.required("/user_id", request.userId());
        checks.refuseIfAny();
        UUID reserved = (UUID) http.getAttribute(Idempotency.RESERVED_ID);
        Job job =
                jobs.submit(caller(http), Submissions.of(jobRequest(request), reserved, http.getHeader("traceparent")));
        return Response.accepted(BookingDocument.of(job, null))
                .header(HttpHeaders.LOCATION, "/api/v1/booking/status/" + job.id())
                .build();
    }

    private JobRequest jobRequest(BookingRequest request) {
        ObjectNode params = JsonNodeFactory.instance.objectNode();
        put(params, "license_type", request.licenseType());
        put(params, "exam_type", request.examType());
        put(params, "locations", request.locations());
        put(params, "date_ranges", request.dateRanges());
        put(params, "auto_book", request.autoBook());
        put(params, "person_number", request.personNumber());
        return new JobRequest(
                TASK,
                params,
                request.priority(),
                BROWSER,
                null,
                null,
                null,
                null,
                null,
                null,
                request.webhookUrl() == null ? webhooks.bookingsUrl().orElse(null) : request.webhookUrl(),
                null,
                request.userId());
    }

    private static void put(ObjectNode params, String name, @Nullable Object value) {
        if (value != null) {
            params.set(name, Json.MAPPER.valueToTree(value));
        }
    }

    @GET
    @Path("/status/{id}")
    @Operation(operationId = "getBooking", summary = "How a booking stands")
    @APIResponse(responseCode = "200", description = "The booking")
    @Extension(name = PROBLEMS, value = "not_found")
    public BookingDocument status(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(find(http, id));
    }

    @POST
    @Path("/cancel/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "cancelBooking",
            summary = "Cancel a booking that is under way",
            description =
                    "200 when it is cancelled, 202 when it was told to stop and will end soon. What is booked stays"
                            + " booked.")
    @APIResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = BookingDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "Told to stop",
            content = @Content(schema = @Schema(implementation = BookingDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,job_ended,invalid_json,invalid_request")
    public Response cancel(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable CancelRequest request,
            @Context HttpServletRequest http) {
        String reason = request == null ? null : request.reason();
        boolean force = request != null && Boolean.TRUE.equals(request.force());
        Checks checks = new Checks();
        checks.text("/reason", reason, 500);
        checks.refuseIfAny();
        Job job = find(http, id);
        return switch (jobs.cancel(caller(http), job.id(), reason, force)) {
            case Cancellation.Done done ->
                Response.ok(BookingDocument.of(done.job(), null)).build();
            case Cancellation.Requested requested ->
                Response.accepted(document(requested.job())).build();
            case Cancellation.AlreadyEnded ended ->
                throw new DroverException(
                        ErrorCode.JOB_ENDED,
                        "The booking has ended already: it is " + ended.status().wireName() + ".");
            case Cancellation.Unknown unknown -> throw JobIds.notFound();
        };
    }

    private Job find(HttpServletRequest http, String id) {
        Job job = JobIds.find(jobs, caller(http), id);
        if (!job.task().equals(TASK)) {
            throw JobIds.notFound();
        }
        return job;
    }

    private BookingDocument document(Job job) {
        return BookingDocument.of(job, codes.of(job.id(), Instant.now()).orElse(null));
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
