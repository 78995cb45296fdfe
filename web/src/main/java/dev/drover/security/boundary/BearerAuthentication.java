// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import dev.drover.security.control.ApiTokens;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Tells callers by their token (RFC 6750) and refuses everything under {@code /api} to others, whether the address
 * exists or not. A WebSocket is let through without a caller: its endpoint closes it with a code that a browser's script
 * can read, which the status of a refused handshake is not.
 */
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {

    private static final String API = "/api/";

    private final ApiTokens tokens;

    @Inject
    public BearerAuthentication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    BearerAuthentication() {
        this(null);
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String path = request.getRequestURI();
        boolean socket = isWebSocket(request);
        boolean api = path.startsWith(API);
        if (!api && !socket) {
            return context.doNothing();
        }
        String token = BearerToken.of(request, socket);
        Optional<Caller> caller = token == null ? Optional.empty() : tokens.callerOf(token);
        if (caller.isPresent()) {
            return context.notifyContainerAboutLogin(
                    new CallerPrincipal(caller.get()), caller.get().roles());
        }
        if (socket || path.startsWith(ProblemDocument.TYPES)) {
            return context.doNothing();
        }
        refuse(request, response, token != null);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static boolean isWebSocket(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, boolean sentOne) {
        ProblemDocument problem = ProblemDocument.of(
                ErrorCode.UNAUTHENTICATED,
                sentOne ? "This is no token of the server." : "This needs a token of the server.",
                List.of(),
                request.getRequestURI(),
                request.getHeader("traceparent"));
        byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setHeader("WWW-Authenticate", sentOne ? "Bearer error=\"invalid_token\"" : "Bearer");
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
