// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.event.control.EventFrames;
import dev.drover.event.control.EventHub;
import dev.drover.event.entity.JobEvent;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happened to a job, in pages or as a stream. */
@Path("/jobs/{id}/events")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Tag(name = "Jobs")
public class EventsResource {

    private static final int MOST = 200;

    /** An event, as every channel carries it. */
    @Schema(
            name = "JobEvent",
            requiredProperties = {"event_type", "seq", "job_id", "user_id", "task", "timestamp", "data"},
            examples = """
                    {"event_type": "status_update", "seq": 7, "job_id": "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a",
                     "user_id": "admin", "task": "screenshot", "timestamp": "2026-01-31T06:00:00Z",
                     "data": {"status": "running", "stage": "rendering", "message": "The page is drawn", "progress": 60.0}}""")
    public record EventDocument(
            @Schema(
                    description = "status_update, qr_code_update, human_required, artifact_created, log, job_completed,"
                            + " booking_completed; more may come",
                    examples = "status_update")
            String eventType,

            @Schema(description = "From 1, without gaps") int seq,
            @Schema(format = "uuid") String jobId,
            String userId,
            String task,
            Instant timestamp,

            @Schema(type = SchemaType.OBJECT, implementation = Object.class)
            JsonNode data) {}

    /** A page of events, oldest first. */
    @Schema(name = "JobEventPage", requiredProperties = "items")
    public record EventPage(
            List<EventDocument> items,

            @Schema(description = "Give it as after for the next page") @Nullable
            String nextCursor) {}

    private final JobEvents events;
    private final EventHub hub;

    @Inject
    public EventsResource(JobEvents events, EventHub hub) {
        this.events = events;
        this.hub = hub;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    EventsResource() {
        this(null, null);
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "listJobEvents",
            summary = "The events of a job, oldest first",
            description = "With Accept: text/event-stream, a stream of them that goes on until the job ends; the"
                    + " number of the last event seen comes as Last-Event-ID or after.")
    @APIResponse(
            responseCode = "200",
            description = "A page of events, or a stream",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = EventPage.class)),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING))
            })
    @Extension(name = "x-problems", value = "not_found,invalid_request")
    public Response list(
            @PathParam("id") @Parameter(example = "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a") String id,
            @QueryParam("after")
                    @DefaultValue("0")
                    @Parameter(
                            description = "Number of the last event seen",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", defaultValue = "0"))
                    String after,
            @QueryParam("limit")
                    @DefaultValue("50")
                    @Parameter(
                            description = "1 to 200",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "50"))
                    String limit,
            @Context SecurityContext security,
            @Context UriInfo uri) {
        UUID job = visible(security, id);
        int most = number("limit", limit, 1, MOST);
        List<JobEvent> found = events.after(job, number("after", after, 0, Integer.MAX_VALUE), most + 1);
        Page<JobEvent> page = Page.of(found, most);
        String next = page.next(JobEvent::seq);
        Response.ResponseBuilder answer = Response.ok(json(page.items(), next), MediaType.APPLICATION_JSON_TYPE);
        if (next != null) {
            answer.link(
                    uri.getRequestUriBuilder().replaceQueryParam("after", next).build(), "next");
        }
        return answer.build();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public void stream(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") String after,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId,
            @Context SecurityContext security,
            @Context SseEventSink stream,
            @Context Sse sse) {
        UUID job = visible(security, id);
        int seen = number("after", lastEventId == null ? after : lastEventId, 0, Integer.MAX_VALUE);
        OptionalInt from = events.followFrom(job, seen);
        if (from.isPresent()) {
            hub.follow(job, from.getAsInt(), new SseSink(stream, sse));
        } else {
            SseSink.close(stream);
        }
    }

    private UUID visible(SecurityContext security, String id) {
        Caller caller = CallerPrincipal.require(security.getUserPrincipal());
        return events.visible(caller.scope(), id)
                .orElseThrow(
                        () -> new DroverException(ErrorCode.NOT_FOUND, "There is no such job, or it is not yours."));
    }

    private static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new DroverException(
                ErrorCode.INVALID_REQUEST, "%s is a whole number from %d to %d.".formatted(name, least, most));
    }

    /** The events are JSON already. */
    private static String json(List<JobEvent> page, @Nullable String next) {
        return page.stream()
                .map(EventFrames::json)
                .collect(Collectors.joining(
                        ",", "{\"items\":[", next == null ? "]}" : "],\"next_cursor\":\"" + next + "\"}"));
    }
}
