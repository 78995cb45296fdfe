// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.browser.control.PageAction;
import dev.drover.browser.control.PageAnswer;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.session.boundary.SessionDocument.SessionPage;
import dev.drover.session.control.Placement;
import dev.drover.session.control.SessionActions;
import dev.drover.session.control.SessionView;
import dev.drover.session.control.SessionWish;
import dev.drover.session.control.Sessions;
import dev.drover.session.control.VncLinkSettings;
import dev.drover.session.entity.SessionStatus;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Idempotency;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.PageRequest;
import dev.drover.system.control.RecordIds;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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

/** Browsers that callers hold. */
@Path("/sessions")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
public class SessionsResource {

    private static final String PROBLEMS = "x-problems";
    private static final String PNG = "image/png";
    private static final String JPEG = "image/jpeg";

    /** Too many sessions, no such browser, not now: another node may still have the session. */
    private static final Set<Integer> NO_PLACE = Set.of(429, 502, 503);

    private final Sessions sessions;
    private final SessionActions actions;
    private final Placement placement;
    private final NodeRelay relay;
    private final NodeIdentity node;
    private final VncLinkSettings vncLinkSettings;

    @Inject
    public SessionsResource(
            Sessions sessions,
            SessionActions actions,
            Placement placement,
            NodeRelay relay,
            NodeIdentity node,
            VncLinkSettings vncLinkSettings) {
        this.sessions = sessions;
        this.actions = actions;
        this.placement = placement;
        this.relay = relay;
        this.node = node;
        this.vncLinkSettings = vncLinkSettings;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    SessionsResource() {
        this(null, null, null, null, null, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "openSession",
            summary = "Open a browser session",
            description = "A browser process of its own that goes on until the session ends. Its endpoints are open at"
                    + " once; where there is a start_url, the status is init until that page is there.")
    @APIResponse(
            responseCode = "201",
            description = "The session",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = SessionDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "invalid_json,invalid_request,body_too_large,unsupported_media_type,too_many_sessions,"
                    + "captured_session_locked,engine_unavailable,vnc_unavailable,unavailable")
    public Response open(@Nullable SessionRequest request, @Context HttpServletRequest http) {
        UUID reserved = (UUID) http.getAttribute(Idempotency.RESERVED_ID);
        SessionRequest asked = request == null ? SessionRequest.NOTHING : request;
        SessionWish wish = asked.wish();
        if (NodeRelay.isRelayed(http)) {
            return opened(wish, reserved, http);
        }
        List<String> places = placement.order(wish, asked.host());
        for (String place : places) {
            boolean last = place.equals(places.getLast());
            try {
                Response answer = place.equals(node.name())
                        ? opened(wish, reserved, http)
                        : relay.post(place, http, Json.write(asked));
                if (last || !NO_PLACE.contains(answer.getStatus())) {
                    return answer;
                }
            } catch (DroverException e) {
                if (last || !NO_PLACE.contains(e.code().httpStatus())) {
                    throw e;
                }
            }
        }
        throw new IllegalStateException("no node was tried");
    }

    private Response opened(SessionWish wish, @Nullable UUID reserved, HttpServletRequest http) {
        SessionDocument session = document(sessions.create(caller(http), wish, reserved), http);
        return Response.status(Response.Status.CREATED)
                .entity(session)
                .header(HttpHeaders.LOCATION, "/api/v1/sessions/" + session.id())
                .build();
    }

    @GET
    @Operation(
            operationId = "listSessions",
            summary = "Sessions, newest first",
            description = "Those that have ended stay in the list for a while, with the reason.")
    @APIResponse(
            responseCode = "200",
            description = "A page of sessions",
            content = @Content(schema = @Schema(implementation = SessionPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(
            @QueryParam("status")
                    @Parameter(
                            description = "Only sessions with this status",
                            schema = @Schema(enumeration = {"init", "ready", "terminating", "dead"}))
                    @Nullable
                    String status,
            @BeanParam PageParams params,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        SessionStatus wanted = status(checks, status);
        checks.refuseIfAny();
        return params.answer(
                request.page(sessions.list(caller(http), wanted, request.cursor(), request.rows())),
                view -> view.session().id(),
                view -> document(view, http),
                SessionPage::new);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSession", summary = "A session")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(schema = @Schema(implementation = SessionDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found")
    public SessionDocument get(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(sessions.get(caller(http), RecordIds.parse(id)), http);
    }

    @POST
    @Path("/{id}/touch")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "touchSession",
            summary = "Keep a session",
            description = "Its idle time begins anew, as with any traffic on its endpoints.")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(schema = @Schema(implementation = SessionDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found,session_ended")
    public SessionDocument touch(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(sessions.touch(caller(http), RecordIds.parse(id)), http);
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "endSession",
            summary = "End a session",
            description = "Its browser is ended with its connections. One that has ended already stays as it is.")
    @APIResponse(
            responseCode = "200",
            description = "The session as it is now",
            content = @Content(schema = @Schema(implementation = SessionDocument.class)))
    @Extension(name = PROBLEMS, value = "not_found")
    public SessionDocument end(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id, @Context HttpServletRequest http) {
        return document(sessions.end(caller(http), RecordIds.parse(id)), http);
    }

    @POST
    @Path("/{id}/actions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "actInSession",
            summary = "Do something in the page of a session",
            description = "For those who want no client of their own. It is done with the page that was opened last in"
                    + " the session's first context; one action at a time in each session.")
    @APIResponse(
            responseCode = "200",
            description = "It is done",
            content = @Content(schema = @Schema(implementation = ActionDocument.class)))
    @Extension(
            name = PROBLEMS,
            value = "not_found,invalid_json,invalid_request,body_too_large,unsupported_media_type,session_ended,"
                    + "session_busy,action_failed,action_timeout,unavailable")
    public ActionDocument act(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @Nullable ActionRequest request,
            @Context HttpServletRequest http) {
        if (request == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        return ActionDocument.done(actions, caller(http), RecordIds.parse(id), request);
    }

    @GET
    @Path("/{id}/screenshot")
    @Produces({PNG, JPEG, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "pictureOfSession",
            summary = "A picture of the page of a session, now",
            description = "To look on: it does not count as use of the session, and goes beside an action.")
    @APIResponse(
            responseCode = "200",
            description = "The picture",
            content = {@Content(mediaType = PNG), @Content(mediaType = JPEG)})
    @Extension(
            name = PROBLEMS,
            value = "not_found,invalid_request,session_ended,action_failed,action_timeout,unavailable")
    public Response screenshot(
            @PathParam("id") @Parameter(example = RecordIds.EXAMPLE) String id,
            @QueryParam("full_page") @Parameter(description = "true: the whole page, not its visible part") @Nullable
                    String fullPage,
            @QueryParam("quality")
                    @Parameter(
                            description = "1 to 100: a JPEG; a PNG where nothing is said",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100"))
                    @Nullable
                    String quality,
            @Context HttpServletRequest http) {
        Checks checks = new Checks();
        Integer jpeg = quality == null ? null : checks.number("quality", quality, 1, 100);
        checks.refuseIfAny();
        PageAnswer answer = actions.look(
                caller(http), RecordIds.parse(id), new PageAction.Screenshot("true".equals(fullPage), jpeg));
        return Response.ok(answer.value(), jpeg == null ? PNG : JPEG)
                .header("Cache-Control", "no-store")
                .build();
    }

    private static @Nullable SessionStatus status(Checks checks, @Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        SessionStatus status = SessionStatus.ofWireName(name).orElse(null);
        if (status == null) {
            checks.violated(
                    "",
                    "status: one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(SessionStatus.values())
                                            .map(SessionStatus::wireName)
                                            .toList()));
        }
        return status;
    }

    private SessionDocument document(SessionView view, HttpServletRequest http) {
        return SessionDocument.of(view, EndpointAddresses.base(http), vncLinkSettings);
    }

    static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
