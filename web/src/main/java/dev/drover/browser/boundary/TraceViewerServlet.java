// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.boundary;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Playwright's own trace viewer, from the driver of the version that records the traces: static files for everyone, which
 * know no trace. The console, which frames it, fetches a trace with its token and hands it over inside of the browser.
 *
 * <p>The viewer's service worker answers for what is in a trace; a guard before it sees to it that no script of a
 * recorded page runs (ADR 0012).
 */
@WebServlet(name = "trace-viewer", urlPatterns = TraceViewerServlet.PATH + "/*")
public class TraceViewerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final String PATH = "/trace-viewer";

    private static final String INDEX = "index.html";

    private final transient Map<String, Optional<ViewerFile>> files = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String rest = request.getPathInfo();
        if (rest == null || rest.equals("/")) {
            response.sendRedirect(PATH + "/" + INDEX);
            return;
        }
        String name = rest.substring(1);
        Optional<ViewerFile> found =
                ViewerFile.isName(name) ? files.computeIfAbsent(name, ViewerFile::read) : Optional.empty();
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        ViewerFile file = found.get();
        response.setHeader("Content-Security-Policy", file.policy());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("ETag", file.etag());
        response.setHeader("Cache-Control", file.isImmutable() ? "public, max-age=31536000, immutable" : "no-cache");
        if (isKnown(request.getHeader("If-None-Match"), file)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.contentType());
        response.setContentLength(file.content().length);
        response.getOutputStream().write(file.content());
    }

    private static boolean isKnown(@Nullable String ifNoneMatch, ViewerFile file) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1)).map(String::strip).anyMatch(file.etag()::equals);
    }
}
