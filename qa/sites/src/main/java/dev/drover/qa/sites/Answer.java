// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a page answers: a status, headers, and a body that is written when its time comes. */
record Answer(int status, Map<String, String> headers, long length, Body body) {

    /** Writes the body; {@link Answer#length} says how much, or that nobody knows before. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final long UNKNOWN = 0;
    private static final long NOTHING = -1;

    static Answer html(String page) {
        return html(200, page);
    }

    static Answer html(int status, String page) {
        return bytes(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(String text) {
        return bytes(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer bytes(int status, String contentType, byte[] content) {
        return new Answer(
                status,
                Map.of("Content-Type", contentType),
                content.length == 0 ? NOTHING : content.length,
                out -> out.write(content));
    }

    static Answer stream(String contentType, Body body) {
        return new Answer(200, Map.of("Content-Type", contentType), UNKNOWN, body);
    }

    static Answer redirect(int status, String location) {
        return new Answer(status, Map.of("Location", location), NOTHING, out -> {});
    }

    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, length, body);
    }

    void sendTo(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean hasBody = hasBody(exchange.getRequestMethod());
        exchange.sendResponseHeaders(status, hasBody ? length : NOTHING);
        if (hasBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                body.writeTo(out);
            }
        }
    }

    /** Whether a request of that method gets a body. */
    boolean hasBody(String method) {
        return length != NOTHING && !method.equals("HEAD") && status != 204 && status != 304;
    }
}
