// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.security.control.Caller;
import dev.drover.session.control.SessionCaptures;
import dev.drover.session.control.Sessions;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Captures a session that the body names, on whichever node it is. */
@Path("/capture-session")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Captured sessions")
public class CaptureSessionResource {

    private final SessionCaptures captures;
    private final Sessions sessions;
    private final NodeRelay relay;

    @Inject
    public CaptureSessionResource(SessionCaptures captures, Sessions sessions, NodeRelay relay) {
        this.captures = captures;
        this.sessions = sessions;
        this.relay = relay;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    CaptureSessionResource() {
        this(null, null, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "captureSessionById",
            summary = "Capture a session that the body names",
            description = CaptureResource.WHAT)
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
    @Extension(name = "x-problems", value = CaptureResource.PROBLEMS)
    public Response capture(CaptureRequest.@Nullable OfSession request, @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        Checks checks = new Checks();
        String id = checks.required("/session_id", request.sessionId());
        CaptureRequest.Wish wish = request.capture().wish(checks);
        UUID session = RecordIds.parse(id);
        Optional<String> other = NodeRelay.isRelayed(http) ? Optional.empty() : sessions.otherNodeOf(session);
        return other.isPresent()
                ? relay.post(other.get(), http, Json.write(request))
                : CaptureResource.answer(
                        captures.capture(SessionsResource.caller(http), session, wish.name(), wish.ttl()));
    }
}
