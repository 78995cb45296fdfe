// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the console: an address that a browser opens and that is no file is one of the console's own pages, which its
 * script draws. Files whose names change with their content are kept for good, all others are asked for again. Nothing
 * from elsewhere runs in the console, and nobody shows it in a frame.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class ConsoleFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String INDEX = "/index.html";
    private static final String API = "/api/v1/";
    private static final String HOST = "/host/";
    private static final String SOCKET_IO = "/socket.io/";

    /** Has a servlet of its own, and a policy of its own. */
    private static final String TRACE_VIEWER = "/trace-viewer";

    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data: blob:; "
            + "media-src 'self' blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
            + "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI();
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (path.startsWith(API)
                || path.startsWith(HOST)
                || path.startsWith(SOCKET_IO)
                || "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Cache-Control", "no-store");
            chain.doFilter(request, response);
            return;
        }
        if (TRACE_VIEWER.equals(request.getServletPath())) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        boolean hashed = path.startsWith("/assets/");
        response.setHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        if (isPage(request, path)) {
            request.getRequestDispatcher(INDEX).forward(request, response);
        } else if (path.equals("/") || getServletContext().getResource(pathInArchive(request)) != null) {
            chain.doFilter(request, response);
        } else {
            Refusals.refuse(request, response, ErrorCode.NOT_FOUND, "There is nothing at this address.");
        }
    }

    /** Decoded; what no servlet is mapped to, Liberty has as path info of a servlet without a path. */
    private static String pathInArchive(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    /** Pages have no dot in their last part; files have. */
    private static boolean isPage(HttpServletRequest request, String path) {
        String accept = request.getHeader("Accept");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean isFile = path.indexOf('.', path.lastIndexOf('/') + 1) >= 0;
        return reads && !isFile && accept != null && accept.contains("text/html");
    }
}
