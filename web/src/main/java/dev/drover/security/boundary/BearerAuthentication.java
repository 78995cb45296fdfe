// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import dev.drover.security.control.ApiTokens;
import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * Tells callers by their token (RFC 6750). Who has none goes on as nobody: {@link TokenGate} refuses the API to nobody,
 * and a WebSocket closes with a code that a browser's script can read, which the status of a refused handshake is not.
 */
@ApplicationScoped
public class BearerAuthentication implements HttpAuthenticationMechanism {

    private static final String API = "/api/";
    private static final String HOST = "/host/";
    private static final String SESSIONS = "/ws/sessions/";
    private static final String SOCKET_IO = "/socket.io/";

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
        // What clients of sessions and of Socket.IO ask before they connect, they ask without headers, as they connect.
        boolean socket = isWebSocket(request) || path.startsWith(SESSIONS) || path.startsWith(SOCKET_IO);
        if (!socket && !path.startsWith(API) && !path.startsWith(HOST)) {
            return context.doNothing();
        }
        String token = BearerToken.of(request, socket);
        Optional<Caller> caller = token == null ? Optional.empty() : tokens.callerOf(token);
        if (caller.isPresent()) {
            return context.notifyContainerAboutLogin(
                    new CallerPrincipal(caller.get()), caller.get().roles());
        }
        return context.doNothing();
    }

    /** Not every wish to upgrade is one for a WebSocket: some clients ask for HTTP/2 with each request (RFC 7540, 3.2). */
    static boolean isWebSocket(HttpServletRequest request) {
        String path = request.getRequestURI();
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && (path.startsWith("/ws/") || path.startsWith(API + "v1/ws/"));
    }
}
