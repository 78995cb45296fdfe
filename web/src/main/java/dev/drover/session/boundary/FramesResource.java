// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.security.control.Caller;
import dev.drover.session.boundary.FrameDocument.FramePage;
import dev.drover.session.control.FrameTimeline;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
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

/** What the page of a session looked like. */
@Path("/sessions/{id}/frames")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public class FramesResource {

    private static final String JPEG = "image/jpeg";

    private final FrameTimeline timeline;

    @Inject
    public FramesResource(FrameTimeline timeline) {
        this.timeline = timeline;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    FramesResource() {
        this(null);
    }

    @GET
    @Operation(
            operationId = "listFrames",
            summary = "The timeline of a session",
            description =
                    "A picture every ten seconds as long as the session is used, the newest 120; both are settings."
                            + " They outlive the session's browser as long as the session is listed.")
    @APIResponse(responseCode = "200", description = "The newest of them, the oldest first")
    @Extension(name = "x-problems", value = "not_found,invalid_request,unavailable")
    public FramePage list(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @QueryParam("since")
                    @Parameter(
                            description = "Only those that were taken then or later",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @Nullable
                    String since,
            @QueryParam("limit")
                    @DefaultValue("100")
                    @Parameter(
                            description = "1 to 1000",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    String limit,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        int most = checks.number("limit", limit, 1, 1000);
        Instant from = checks.time("since", since);
        checks.refuseIfAny();
        UUID session = RecordIds.parse(id);
        return new FramePage(FrameDocument.of(
                session,
                timeline.list(SessionsResource.caller(http), session, from == null ? Instant.EPOCH : from, most)));
    }

    @GET
    @Path("/{frame}")
    @Produces({JPEG, MediaType.APPLICATION_JSON})
    @Operation(operationId = "getFrame", summary = "A picture of the timeline")
    @APIResponse(responseCode = "200", description = "The picture", content = @Content(mediaType = JPEG))
    @Extension(name = "x-problems", value = "not_found,unavailable")
    public Response get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @PathParam("frame") @Parameter(description = "As in image_url", example = "1795370400000") String frame,
            @Context HttpServletRequest http) {
        if (!frame.matches("[0-9]{1,15}")) {
            throw new DroverException(ErrorCode.NOT_FOUND, "There is no such frame.");
        }
        byte[] picture = timeline.read(
                SessionsResource.caller(http), RecordIds.parse(id), Instant.ofEpochMilli(Long.parseLong(frame)));
        return Response.ok(picture, JPEG)
                .header("Cache-Control", "private, max-age=3600, immutable")
                .build();
    }
}
