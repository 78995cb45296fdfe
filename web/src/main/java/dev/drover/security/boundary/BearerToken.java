// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Where a request carries its token. */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** The token of the request; null when it has none. Scripts in a browser cannot set headers of a WebSocket. */
    static @Nullable String of(HttpServletRequest request, boolean webSocket) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return authorization.substring(SCHEME.length()).strip();
        }
        if (!webSocket) {
            return null;
        }
        String inProtocol = inProtocol(request.getHeader("Sec-WebSocket-Protocol"));
        return inProtocol == null ? request.getParameter("token") : inProtocol;
    }

    /** The word after {@code drover.bearer} in the offered sub-protocols. */
    static @Nullable String inProtocol(@Nullable String offered) {
        if (offered == null) {
            return null;
        }
        String[] protocols = offered.split(",", -1);
        for (int i = 0; i + 1 < protocols.length; i++) {
            if (protocols[i].strip().equals("drover.bearer")) {
                return protocols[i + 1].strip();
            }
        }
        return null;
    }
}
