// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.ProblemDocument;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Problem documents (RFC 9457) where no Jakarta REST is: in filters, servlets and the error page. */
public final class Refusals {

    private Refusals() {}

    /** Answers a request with why it was refused. */
    public static void refuse(HttpServletRequest request, HttpServletResponse response, ErrorCode code, String detail)
            throws IOException {
        write(
                response,
                ProblemDocument.of(code, detail, List.of(), request.getRequestURI(), request.getHeader("traceparent")));
    }

    static void write(HttpServletResponse response, ProblemDocument problem) throws IOException {
        byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }
}
