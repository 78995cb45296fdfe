// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import dev.drover.system.boundary.Refusals;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses everything under {@code /api}, {@code /host} and {@code /socket.io} to callers without a valid token, whether the
 * address exists or not. Open are only the pages about errors, what is behind the signed links that people get, whether this host lives, and
 * WebSockets, which check their caller themselves.
 */
@WebFilter(
        urlPatterns = {"/api/*", "/host/*", "/socket.io/*"},
        asyncSupported = true)
public class TokenGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String HEALTH = "/host/health";
    private static final String LINKS = "/api/v1/human/";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getUserPrincipal() != null
                || BearerAuthentication.isWebSocket(request)
                || request.getRequestURI().startsWith(ProblemDocument.TYPES)
                || request.getRequestURI().startsWith(LINKS)
                || request.getRequestURI().equals(HEALTH)) {
            chain.doFilter(request, response);
        } else {
            refuse(request, response);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean sentOne = request.getHeader("Authorization") != null;
        response.setHeader("WWW-Authenticate", sentOne ? "Bearer error=\"invalid_token\"" : "Bearer");
        Refusals.refuse(
                request,
                response,
                ErrorCode.UNAUTHENTICATED,
                sentOne ? "This is no token of the server." : "This needs a token of the server.");
    }
}
