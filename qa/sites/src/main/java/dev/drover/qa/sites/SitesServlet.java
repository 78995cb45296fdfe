// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same sites on a Drover server, where they are an application of their own at {@code /sites}. */
@WebServlet("/*")
public final class SitesServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Routes routes = Routes.ofAllSites();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            send(routes.answer(visit(request)), request.getMethod(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static Visit visit(HttpServletRequest request) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        String query = request.getQueryString();
        URI uri = URI.create(request.getRequestURI() + (query == null ? "" : "?" + query));
        return Visit.of(request.getMethod(), uri, headers, request.getInputStream());
    }

    private static void send(Answer answer, String method, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.hasBody(method)) {
            if (answer.length() > 0) {
                response.setContentLengthLong(answer.length());
            }
            answer.body().writeTo(response.getOutputStream());
        }
    }
}
