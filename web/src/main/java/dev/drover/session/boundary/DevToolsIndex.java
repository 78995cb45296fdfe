// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.session.control.LiveSession;
import dev.drover.system.control.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What Chromium tells of itself and its pages over HTTP, with the addresses that clients reach. */
@ApplicationScoped
public class DevToolsIndex {

    private static final String SOCKET = "webSocketDebuggerUrl";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private EndpointClient client;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected DevToolsIndex() {}

    @Inject
    public DevToolsIndex(EndpointClient client) {
        this.client = client;
    }

    String version(LiveSession session, EndpointAddresses addresses) throws IOException {
        ObjectNode version = Json.readObject(get(session, "/json/version"));
        version.put(SOCKET, addresses.devTools());
        return version.toString();
    }

    String list(LiveSession session, EndpointAddresses addresses) throws IOException {
        JsonNode targets = Json.read(get(session, "/json/list"));
        for (JsonNode target : targets) {
            if (target instanceof ObjectNode page) {
                URI own = URI.create(page.path(SOCKET).asText());
                page.put(SOCKET, addresses.target(own.getRawPath()));
                page.remove("devtoolsFrontendUrl"); // It would load a page from elsewhere.
            }
        }
        return targets.toString();
    }

    private String get(LiveSession session, String path) throws IOException {
        int port = session.devTools()
                .orElseThrow(() -> new IOException("no DevTools"))
                .getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT)
                .build();
        try {
            return client.http().send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
