// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that a run asks for, behind ours.
 *
 * @param user null where the proxy wants no credentials
 */
public record UpstreamProxy(
        Kind kind, String host, int port, @Nullable String user, String password) {

    /** How the proxy is spoken to. */
    public enum Kind {
        HTTP,
        HTTPS,
        SOCKS5
    }

    public UpstreamProxy {
        requireNonNull(kind, "kind");
        requireNonNull(host, "host");
    }

    /** @throws IllegalArgumentException when the URI is not one of an http, https or socks5 proxy */
    public static UpstreamProxy of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        Kind kind =
                switch (scheme) {
                    case "http" -> Kind.HTTP;
                    case "https" -> Kind.HTTPS;
                    case "socks5", "socks5h" -> Kind.SOCKS5;
                    default -> throw new IllegalArgumentException("a proxy is http, https or socks5, not " + scheme);
                };
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the proxy's address names no host");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : defaultPort(kind);
        String[] user = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new UpstreamProxy(
                kind,
                bare(uri.getHost()),
                port,
                user.length > 0 ? decoded(user[0]) : null,
                user.length > 1 ? decoded(user[1]) : "");
    }

    /** The value of {@code Proxy-Authorization}; null where the proxy wants no credentials. */
    @Nullable
    String authorization() {
        return user == null
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + host + ":" + port; // Without the password.
    }

    private static int defaultPort(Kind kind) {
        return switch (kind) {
            case HTTP -> 80;
            case HTTPS -> 443;
            case SOCKS5 -> 1080;
        };
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
