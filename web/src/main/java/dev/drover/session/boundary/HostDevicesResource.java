// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.live.Place;
import dev.drover.host.control.HostClient;
import dev.drover.host.control.Hosts;
import dev.drover.security.control.Caller;
import dev.drover.session.boundary.RestartImagesRequest.RestartImages;
import dev.drover.session.control.FrameTimeline;
import dev.drover.session.control.LiveViews;
import dev.drover.session.control.SessionActions;
import dev.drover.session.control.Sessions;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.RecordIds;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What hosts have done, shown and kept. A registered host does it itself; the devices of a node are the sessions of the
 * caller there.
 */
@Path("/hosts/{id}")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Hosts")
public class HostDevicesResource {

    private static final String PROBLEMS = "x-problems";
    private static final String EXAMPLE = "sunri-pi2";
    private static final String DEVICE = "device_id";

    private final Hosts hosts;
    private final Sessions sessions;
    private final SessionActions actions;
    private final FrameTimeline timeline;
    private final LiveViews views;
    private final NodeIdentity node;
    private final Clock clock;

    @Inject
    public HostDevicesResource(
            Hosts hosts,
            Sessions sessions,
            SessionActions actions,
            FrameTimeline timeline,
            LiveViews views,
            NodeIdentity node,
            Clock clock) {
        this.hosts = hosts;
        this.sessions = sessions;
        this.actions = actions;
        this.timeline = timeline;
        this.views = views;
        this.node = node;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    HostDevicesResource() {
        this(null, null, null, null, null, null, null);
    }

    @POST
    @Path("/execute")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "executeOnHost",
            summary = "Have a host do something",
            description =
                    "A registered host gets the body at {host_url}/host/remote/executeAction as it is, and its answer"
                            + " comes back with its status; that is for administrators. The id `any` stands for the one of which"
                            + " the least is wanted now, and then for the next one when that refuses or dies. A node does what"
                            + " POST /sessions/{id}/actions does, in the session that device_id names, else in the caller's that"
                            + " was used last there.")
    @RequestBody(
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            implementation = Object.class,
                                            examples = "{\"action\": \"tap\", \"x\": 100, \"y\": 200}")))
    @APIResponse(
            responseCode = "200",
            description = "What the host says",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, implementation = Object.class)))
    @Extension(
            name = PROBLEMS,
            value = "not_found,forbidden,invalid_json,invalid_request,body_too_large,unsupported_media_type,"
                    + "session_ended,session_busy,action_failed,action_timeout,host_unreachable,unavailable")
    public Response execute(
            @PathParam("id") @Parameter(example = EXAMPLE) String id,
            @QueryParam("capability")
                    @Parameter(description = "Of `any`: what the host has to have", example = "mobile")
                    @Nullable
                    String capability,
            @Nullable ObjectNode action,
            @Context Providers providers,
            @Context HttpServletRequest http) {
        if (action == null) {
            throw new DroverException(ErrorCode.INVALID_JSON, "The body is empty.");
        }
        if (!hosts.isSelf(id)) {
            requireAdmin(http);
            return answer(hosts.execute(id, capability, action.toString()).answer());
        }
        ObjectNode rest = action.deepCopy();
        rest.remove(DEVICE);
        ActionRequest request = action(rest, providers);
        UUID session = device(action.path(DEVICE).asText(), http);
        return Response.ok(ActionDocument.done(actions, SessionsResource.caller(http), session, request))
                .build();
    }

    @POST
    @Path("/restart-images")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(
            operationId = "restartImagesOfHost",
            summary = "The pictures that a host has kept",
            description =
                    "Of a node: the timeline of a session, as GET /sessions/{id}/frames. A registered host gets the"
                            + " body at {host_url}/host/rec/getRestartImages, and answers in its own words; that is for"
                            + " administrators.")
    @APIResponse(
            responseCode = "200",
            description = "The pictures",
            content = @Content(schema = @Schema(implementation = RestartImages.class)))
    @Extension(
            name = PROBLEMS,
            value = "not_found,forbidden,invalid_json,invalid_request,body_too_large,host_unreachable,unavailable")
    public Response restartImages(
            @PathParam("id") @Parameter(example = EXAMPLE) String id,
            @Nullable RestartImagesRequest request,
            @Context HttpServletRequest http) {
        RestartImagesRequest wanted = request == null ? RestartImagesRequest.NOTHING : request;
        wanted.check();
        if (!hosts.isSelf(id)) {
            requireAdmin(http);
            return answer(hosts.restartImages(id, Json.write(wanted)));
        }
        UUID session = device(wanted.deviceId() == null ? "" : wanted.deviceId(), http);
        List<FrameTimeline.Frame> frames = wanted.of(
                timeline.list(SessionsResource.caller(http), session, wanted.since(clock.instant()), wanted.most()));
        return Response.ok(new RestartImages(true, FrameDocument.of(session, frames)))
                .build();
    }

    @GET
    @Path("/stream")
    @Produces({"multipart/x-mixed-replace", MediaType.WILDCARD})
    @Operation(
            operationId = "streamOfHost",
            summary = "What a host shows, as motion JPEG",
            description = "Of a node: the page of a session (Chromium), until the caller goes or the session ends. Of a"
                    + " registered host: whatever it answers at {host_url}/host/stream; that is for administrators.")
    @APIResponse(responseCode = "200", description = "Pictures, one after the other")
    @Extension(
            name = PROBLEMS,
            value = "not_found,forbidden,invalid_request,session_ended,action_failed,host_unreachable,unavailable")
    public Response stream(
            @PathParam("id") @Parameter(example = EXAMPLE) String id,
            @QueryParam(DEVICE)
                    @Parameter(description = "Of a node: a session, else the caller's that was used last there")
                    @Nullable
                    String device,
            @Context HttpServletRequest http) {
        if (http.getMethod().equals("HEAD")) {
            return Response.ok().type(MjpegStream.MEDIA_TYPE).build(); // Nothing would be written, nor closed then.
        }
        if (!hosts.isSelf(id)) {
            requireAdmin(http);
            String query = http.getQueryString();
            HostClient.Stream stream = hosts.stream(id, query == null ? "" : query);
            return streaming(stream.contentType(), out -> {
                try (InputStream in = stream.content()) {
                    NodeRelay.copy(in, out);
                }
            });
        }
        MjpegStream pictures = new MjpegStream();
        Place place = watch(SessionsResource.caller(http), device(device == null ? "" : device, http), pictures);
        return streaming(MjpegStream.MEDIA_TYPE, out -> {
            try {
                pictures.writeTo(out);
            } finally {
                place.leave();
            }
        });
    }

    private static void requireAdmin(HttpServletRequest http) {
        if (!SessionsResource.caller(http).isAdmin()) {
            throw new DroverException(ErrorCode.FORBIDDEN, "Only administrators may use registered hosts.");
        }
    }

    private static Response answer(HostClient.Answer answer) {
        return Response.status(answer.status())
                .type(answer.contentType().isEmpty() ? MediaType.APPLICATION_JSON : answer.contentType())
                .entity(answer.body())
                .build();
    }

    private UUID device(String id, HttpServletRequest http) {
        if (!id.isEmpty()) {
            return RecordIds.parse(id);
        }
        return sessions.latest(SessionsResource.caller(http))
                .orElseThrow(() -> new DroverException(
                        ErrorCode.NOT_FOUND,
                        "You have no session on this node: POST /api/v1/sessions {\"host\": \"" + node.name()
                                + "\"} opens one."));
    }

    /** As where an action comes without {@code device_id}, with the same words about what does not fit. */
    private static ActionRequest action(ObjectNode said, Providers providers) {
        Class<ActionRequest> type = ActionRequest.class;
        Annotation[] none = {};
        try {
            return providers
                    .getMessageBodyReader(type, type, none, MediaType.APPLICATION_JSON_TYPE)
                    .readFrom(
                            type,
                            type,
                            none,
                            MediaType.APPLICATION_JSON_TYPE,
                            new MultivaluedHashMap<>(),
                            new ByteArrayInputStream(Json.write(said).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Place watch(Caller caller, UUID session, MjpegStream pictures) {
        try {
            return views.watch(sessions.requireLive(caller, session), pictures);
        } catch (IOException e) {
            throw new DroverException(ErrorCode.ACTION_FAILED, "Only Chromium can be watched, while it runs.");
        }
    }

    private static Response streaming(String mediaType, StreamingOutput content) {
        return Response.ok(content)
                .type(mediaType)
                .header("Cache-Control", "no-store")
                .build();
    }
}
