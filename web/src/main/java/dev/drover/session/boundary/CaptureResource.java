// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.security.control.Caller;
import dev.drover.session.control.SessionCaptures;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.RecordIds;
import dev.drover.vault.control.CapturedSessions.Kept;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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

/** Keeps what the browser of a session is signed in with, for later sessions and jobs. */
@Path("/sessions/{id}/capture")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Captured sessions")
public class CaptureResource {

    static final String PROBLEMS = "not_found,invalid_json,invalid_request,body_too_large,unsupported_media_type,"
            + "session_ended,session_busy,action_failed,action_timeout,state_too_large,too_many_captured_sessions,"
            + "unavailable";
    static final String WHAT = "Cookies, local storage and IndexedDB of the session's first context are kept"
            + " encrypted. What the caller has captured under the name before is replaced.";

    private final SessionCaptures captures;

    @Inject
    public CaptureResource(SessionCaptures captures) {
        this.captures = captures;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    CaptureResource() {
        this(null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "captureSession", summary = "Capture a session", description = WHAT)
    @APIResponse(
            responseCode = "201",
            description = "Captured",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CaptureDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "Captured in the place of another one",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CaptureDocument.class)))
    @Extension(name = "x-problems", value = PROBLEMS)
    public Response capture(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable CaptureRequest request,
            @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        CaptureRequest.Wish wish = request.wish();
        return answer(captures.capture(SessionsResource.caller(http), RecordIds.parse(id), wish.name(), wish.ttl()));
    }

    static Response answer(Kept kept) {
        return Response.status(kept.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .entity(CaptureDocument.of(kept.session()))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/captured-sessions/" + kept.session().name())
                .build();
    }
}
