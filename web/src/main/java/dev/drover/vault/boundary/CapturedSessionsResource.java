// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.security.entity.Owner;
import dev.drover.system.boundary.PageParams;
import dev.drover.system.control.Checks;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.PageRequest;
import dev.drover.vault.boundary.CapturedSessionDocument.CapturedSessionPage;
import dev.drover.vault.control.CapturedNames;
import dev.drover.vault.control.CapturedSessions;
import dev.drover.vault.entity.CapturedSession;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was captured of sessions. */
@Path("/captured-sessions")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Captured sessions")
public class CapturedSessionsResource {

    private static final String PROBLEMS = "x-problems";
    private static final String EXAMPLE = "shop-as-ada";
    private static final String WHOSE = "Whose it is; only administrators may name another user";

    private final CapturedSessions captured;

    @Inject
    public CapturedSessionsResource(CapturedSessions captured) {
        this.captured = captured;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    CapturedSessionsResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listCapturedSessions", summary = "Captured sessions, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of captured sessions",
            content = @Content(schema = @Schema(implementation = CapturedSessionPage.class)))
    @Extension(name = PROBLEMS, value = "invalid_request")
    public Response list(@BeanParam PageParams params, @Context HttpServletRequest http) {
        Checks checks = new Checks();
        PageRequest request = params.request(checks);
        checks.refuseIfAny();
        return params.answer(
                request.page(captured.list(caller(http), request.cursor(), request.rows())),
                CapturedSession::id,
                CapturedSessionDocument::of,
                CapturedSessionPage::new);
    }

    @GET
    @Path("/{name}")
    @Operation(
            operationId = "getCapturedSession",
            summary = "One captured session",
            description = "Its content is given to browsers alone.")
    @APIResponse(responseCode = "200", description = "What is known about it")
    @Extension(name = PROBLEMS, value = "not_found")
    public CapturedSessionDocument get(
            @PathParam("name") @Parameter(example = EXAMPLE) String name,
            @QueryParam("user_id") @Parameter(description = WHOSE, example = "admin") @Nullable String user,
            @Context HttpServletRequest http) {
        return CapturedSessionDocument.of(captured.require(owner(http, user), checked(name)));
    }

    @DELETE
    @Path("/{name}")
    @Operation(
            operationId = "removeCapturedSession",
            summary = "Remove a captured session",
            description = "Sessions that began with it stay signed in; jobs that have not begun yet will fail.")
    @APIResponse(responseCode = "204", description = "Removed")
    @Extension(name = PROBLEMS, value = "not_found")
    public void remove(
            @PathParam("name") @Parameter(example = EXAMPLE) String name,
            @QueryParam("user_id") @Parameter(description = WHOSE, example = "admin") @Nullable String user,
            @Context HttpServletRequest http) {
        captured.remove(owner(http, user), checked(name));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND} for what is no name: nothing is there */
    private static String checked(String name) {
        if (CapturedNames.fits(name)) {
            return name;
        }
        throw new DroverException(
                ErrorCode.NOT_FOUND, "There is no captured session of this name, or it is not yours.");
    }

    private static Owner owner(HttpServletRequest http, @Nullable String user) {
        return caller(http).ownerFor(user == null || user.isEmpty() ? null : user);
    }

    private static Caller caller(HttpServletRequest http) {
        return CallerPrincipal.require(http.getUserPrincipal());
    }
}
