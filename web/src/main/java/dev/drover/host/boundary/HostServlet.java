// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.boundary;

import dev.drover.host.control.Hosts;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The addresses at which the test backend expects a host to answer, so that a node can be registered there, or with another
 * Drover, as one. Whether it lives is told to everyone; what it does is done by the API under the API's conditions.
 */
@WebServlet(urlPatterns = "/host/*", asyncSupported = true)
public class HostServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String SELF = "/api/v1/hosts/self/";

    private static final Map<String, String> ADDRESSES = Map.of(
            "/remote/executeAction", "execute",
            "/rec/getRestartImages", "restart-images",
            "/stream", "stream");

    /** What whoever asks for a host's health is told. */
    record Health(String status, String hostName, String version) {}

    private transient Hosts hosts;
    private transient NodeIdentity node;

    @SuppressWarnings("NullAway.Init") // injected
    public HostServlet() {}

    @Inject
    void wire(Hosts hosts, NodeIdentity node) {
        this.hosts = hosts;
        this.node = node;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = String.valueOf(request.getPathInfo());
        String address = ADDRESSES.get(path);
        if (address != null) {
            request.getRequestDispatcher(SELF + address).forward(request, response);
        } else if (path.equals("/health")) {
            tell(response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void tell(HttpServletResponse response) throws IOException {
        String state = hosts.drainOf(node.name()).state().name().toLowerCase(Locale.ROOT);
        Health health = new Health(state.equals("serving") ? "available" : state, node.name(), node.version());
        byte[] body = Json.write(health).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
