// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where clients reach a session.
 *
 * @param base of WebSockets, without a slash at its end
 * @param token that opens the session
 */
record EndpointAddresses(String base, UUID session, String token) {

    static final String ROOT = "/ws/sessions/";

    /** The server as the caller reaches it, through a reverse proxy or not: only the caller itself is told. */
    static String base(HttpServletRequest request) {
        String scheme = first(request.getHeader("X-Forwarded-Proto"));
        boolean secure = scheme == null
                ? request.isSecure()
                : scheme.toLowerCase(Locale.ROOT).equals("https");
        String forwarded = first(request.getHeader("X-Forwarded-Host"));
        String host = forwarded == null ? request.getHeader("Host") : forwarded;
        return (secure ? "wss://" : "ws://")
                + (host == null ? "localhost" : host)
                + prefix(request.getHeader("X-Forwarded-Prefix"));
    }

    /** The path that a reverse proxy takes away; without a slash at its end. */
    private static String prefix(@Nullable String header) {
        return header != null && header.matches("(/[A-Za-z0-9._~-]+)+/?") ? header.replaceFirst("/$", "") : "";
    }

    String playwright() {
        return at("playwright");
    }

    String devTools() {
        return at("cdp");
    }

    String live() {
        return at("live");
    }

    /** @param path of a target below the DevTools, beginning with a slash */
    String target(String path) {
        return at("cdp" + path);
    }

    String vnc() {
        return at("vnc");
    }

    private String at(String endpoint) {
        return base + path(endpoint);
    }

    /** Of an endpoint, with what opens it, for whoever knows where the server is. */
    String path(String endpoint) {
        return ROOT + session + "/" + endpoint + "?token=" + token;
    }

    /** Of a list, as several proxies write it. */
    private static @Nullable String first(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String first = header.split(",", 2)[0].strip();
        return first.matches("[A-Za-z0-9.:\\[\\]_-]+") ? first : null;
    }
}
