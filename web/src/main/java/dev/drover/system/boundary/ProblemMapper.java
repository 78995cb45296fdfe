// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import dev.drover.system.entity.Outage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns whatever a request ends with into a problem document. What nobody expected is logged with its trace id. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Context
    @SuppressWarnings("NullAway.Init") // injected
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null) {
            if (cause instanceof DroverException refused) {
                return answer(refused);
            }
            cause = cause.getCause();
        }
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return ofContainer(web);
        }
        return Outage.isBehind(thrown) ? away(thrown) : broken(thrown);
    }

    private Response answer(DroverException refused) {
        Response answer = answer(refused.code(), String.valueOf(refused.getMessage()), refused.violations());
        refused.retryAfter().ifPresent(after -> answer.getHeaders()
                .putSingle(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())));
        return answer;
    }

    /** What the container refuses itself: no such path, method or media type. */
    private Response ofContainer(WebApplicationException refused) {
        int status = refused.getResponse().getStatus();
        if (status < 400) {
            return refused.getResponse();
        }
        Response answer =
                switch (status) {
                    case 401 -> answer(ErrorCode.UNAUTHENTICATED, "This needs a token of the server.");
                    case 403 ->
                        request.getUserPrincipal() == null
                                ? answer(ErrorCode.UNAUTHENTICATED, "This needs a token of the server.")
                                : answer(ErrorCode.FORBIDDEN, "The caller has not the role for this.");
                    case 404 -> answer(ErrorCode.NOT_FOUND, "There is nothing at this address.");
                    case 405 -> answer(ErrorCode.METHOD_NOT_ALLOWED, request.getMethod() + " is not possible here.");
                    case 406 -> answer(ErrorCode.NOT_ACCEPTABLE, "None of the accepted media types is to be had here.");
                    case 415 ->
                        answer(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The Content-Type of the body is not taken here.");
                    default -> answer(ErrorCode.INVALID_REQUEST, "The request does not fit.");
                };
        if (refused instanceof NotAllowedException) {
            answer.getHeaders()
                    .put(HttpHeaders.ALLOW, refused.getResponse().getHeaders().get(HttpHeaders.ALLOW));
        }
        return answer;
    }

    private Response away(Throwable thrown) {
        LOG.log(Level.FINE, "the database is away", thrown);
        return answer(ErrorCode.UNAVAILABLE, "The database does not answer now. What was accepted is safe.");
    }

    private Response broken(Throwable thrown) {
        ProblemDocument problem = document(ErrorCode.INTERNAL, "The server could not finish this.", List.of());
        LOG.log(
                Level.SEVERE,
                "request failed: %s %s, trace_id %s"
                        .formatted(request.getMethod(), request.getRequestURI(), problem.traceId()),
                thrown);
        return answer(problem, null);
    }

    private Response answer(ErrorCode code, String detail) {
        return answer(code, detail, List.of());
    }

    private Response answer(ErrorCode code, String detail, List<Violation> violations) {
        return answer(document(code, detail, violations), code);
    }

    private static Response answer(ProblemDocument problem, @Nullable ErrorCode code) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(problem.toJson());
        if (code == ErrorCode.UNAUTHENTICATED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (code == ErrorCode.UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, 5);
        } else if (code == ErrorCode.BODY_TOO_LARGE) {
            // The rest of the body is not worth reading.
            answer.header("Connection", "close");
        }
        return answer.build();
    }

    private ProblemDocument document(ErrorCode code, String detail, List<Violation> violations) {
        return ProblemDocument.of(code, detail, violations, request.getRequestURI(), request.getHeader("traceparent"));
    }
}
