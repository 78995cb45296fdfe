// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.host.control.LivingNodes;
import dev.drover.host.entity.Host;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.NodeIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Passes on to another node what is about a browser there. That node sees the caller's own credentials and judges for itself;
 * nothing is passed on twice.
 */
@ApplicationScoped
public class NodeRelay {

    /** Tells a node that another one has passed the request on. */
    private static final String RELAYED = "Drover-Relayed";

    private static final List<String> PASSED = List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "User-Agent",
            "Idempotency-Key",
            "traceparent",
            "X-Forwarded-Prefix",
            "Sec-WebSocket-Protocol");

    /** Of one connection, and not of the answer (RFC 9110, 7.6.1), or made anew here. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding", "upgrade");

    /** Longer than any action takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int BUFFER = 64 * 1024;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private LivingNodes nodes;
    private NodeIdentity node;
    private EndpointClient client;
    private Bridges bridges;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected NodeRelay() {}

    @Inject
    public NodeRelay(LivingNodes nodes, NodeIdentity node, EndpointClient client, Bridges bridges) {
        this.nodes = nodes;
        this.node = node;
        this.client = client;
        this.bridges = bridges;
    }

    /** Whether another node has passed a request on to this one. */
    static boolean isRelayed(HttpServletRequest request) {
        return request.getHeader(RELAYED) != null;
    }

    /**
     * Passes a request on, and the answer back.
     *
     * @param owner the node that it is for
     * @return whether that was done; not for a node that does not live, nor for what was passed on already
     */
    boolean passOn(HttpServletRequest request, HttpServletResponse response, String owner)
            throws IOException, ServletException {
        Optional<URI> base = address(owner);
        if (base.isEmpty() || isRelayed(request)) {
            return false;
        }
        String query = request.getQueryString();
        URI target = base.get().resolve(request.getRequestURI() + (query == null ? "" : "?" + query));
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            join(request, response, target);
        } else {
            ask(request, response, target);
        }
        return true;
    }

    /**
     * Asks another node for what a caller wants of this one.
     *
     * @return its answer, also when it refuses
     * @throws DroverException {@link ErrorCode#UNAVAILABLE} when it does not answer
     */
    Response post(String owner, HttpServletRequest request, String json) {
        URI target = address(owner)
                .map(base -> base.resolve(request.getRequestURI()))
                .orElseThrow(() -> unavailable(owner));
        try {
            // The key of the request is this node's: the other one would take it for a second request.
            Map<String, String> headers = headers(request);
            headers.remove("Idempotency-Key");
            HttpResponse<InputStream> answer = send(headers, target, "POST", BodyPublishers.ofString(json));
            try (InputStream in = answer.body()) {
                byte[] body = in.readAllBytes();
                Response.ResponseBuilder response = Response.status(answer.statusCode())
                        .type(answer.headers().firstValue("Content-Type").orElse("application/json"))
                        .entity(body);
                for (String name : List.of("Location", "Retry-After")) {
                    answer.headers().firstValue(name).ifPresent(value -> response.header(name, value));
                }
                return response.build();
            }
        } catch (IOException e) {
            throw unavailable(owner);
        }
    }

    private static DroverException unavailable(String owner) {
        return new DroverException(ErrorCode.UNAVAILABLE, "The node " + owner + " does not answer.", RETRY);
    }

    private Optional<URI> address(String name) {
        return nodes.find(name)
                .map(Host::facts)
                .flatMap(facts -> Optional.ofNullable(facts.url()))
                .map(URI::create);
    }

    private void join(HttpServletRequest request, HttpServletResponse response, URI target)
            throws IOException, ServletException {
        try {
            bridges.splice(request, response, target, headers(request));
        } catch (BrowserLine.Refused e) {
            answer(response, e.status(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            answer(response, HttpServletResponse.SC_BAD_GATEWAY, "The node that has the session does not answer.");
        }
    }

    private void ask(HttpServletRequest request, HttpServletResponse response, URI target) throws IOException {
        try {
            BodyPublisher body = Set.of("POST", "PUT").contains(request.getMethod())
                    ? BodyPublishers.ofInputStream(() -> body(request))
                    : BodyPublishers.noBody();
            HttpResponse<InputStream> answer = send(headers(request), target, request.getMethod(), body);
            response.setStatus(answer.statusCode());
            answer.headers().map().forEach((name, values) -> {
                if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                    values.forEach(value -> response.setHeader(name, value));
                }
            });
            try (InputStream in = answer.body()) {
                copy(in, response.getOutputStream());
            }
        } catch (IOException e) {
            if (!response.isCommitted()) {
                response.reset();
            }
            answer(response, HttpServletResponse.SC_BAD_GATEWAY, "The node that has the session does not answer.");
        }
    }

    /** Each part as soon as it is there: it may be a stream that never ends. */
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static InputStream body(HttpServletRequest request) {
        try {
            return request.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException when the other node does not answer */
    private HttpResponse<InputStream> send(Map<String, String> headers, URI target, String method, BodyPublisher body)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target).timeout(PATIENCE).method(method, body);
        headers.forEach(request::header);
        try {
            return client.http().send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        }
    }

    private Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : PASSED) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        URI seen = URI.create(EndpointAddresses.base(request));
        headers.put("X-Forwarded-Proto", String.valueOf(seen.getScheme()).equals("wss") ? "https" : "http");
        headers.put("X-Forwarded-Host", seen.getRawAuthority());
        headers.put(RELAYED, node.name());
        return headers;
    }

    private static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
        byte[] body = sentence.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
