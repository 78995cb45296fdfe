// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A session of the server, and what the rows about sessions share. */
record HeldSession(DroverServer server, String id, JsonNode document) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    static HeldSession open(DroverServer server, HttpConnection connection, String wish) throws IOException {
        int status = connection.send(HttpConnection.request("POST", "/api/v1/sessions", server.token(), wish));
        if (status != 201) {
            throw new IOException("no session was opened: " + status + " " + connection.body());
        }
        JsonNode document = JSON.readTree(connection.body());
        return new HeldSession(server, document.path("id").asText(), document);
    }

    String playwright() {
        return address("ws_endpoint").toString();
    }

    URI devTools() {
        return address("cdp_endpoint");
    }

    URI live() {
        return address("live_view_url");
    }

    /** The requests of this program name no port. */
    private URI address(String field) {
        URI told = URI.create(document.path(field).asText());
        return URI.create("ws://127.0.0.1:" + server.port() + told.getRawPath() + "?" + told.getRawQuery());
    }

    /** Over a connection of its own: the one that opened it may have rested for too long. */
    @Override
    public void close() throws IOException {
        try (HttpConnection connection = server.connect()) {
            connection.send(HttpConnection.request("DELETE", "/api/v1/sessions/" + id, server.token(), null));
        }
    }

    /** Servers without waiting workers of jobs beside them, so that only sessions are measured. */
    static DroverServer.Setup setup(int prewarmed) {
        return new DroverServer.Setup(
                "prewarmed-" + prewarmed,
                Map.of(
                        "DROVER_BROWSER_WORKERS",
                        "1",
                        "DROVER_SESSIONS_PREWARM_VNC",
                        "0",
                        "DROVER_SESSIONS_PREWARM_HEADLESS",
                        Integer.toString(prewarmed)));
    }

    /** Playwright in this process, with the server's driver. */
    static Playwright client(Machine machine) {
        System.setProperty("playwright.cli.dir", machine.playwrightDriver().toString());
        return Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", machine.node().toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }
}
