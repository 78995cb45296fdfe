// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.system.control.ConfigKey;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * Where viewers of VNC sessions reach the server, if not where the caller reaches it. Both may have the placeholders
 * {@code {host}} and {@code {port}}, for the node that has the session.
 *
 * @param ws address of WebSockets
 * @param http address of pages
 */
public record VncLinkSettings(Optional<String> ws, Optional<String> http) {

    public static final ConfigKey<String> WS = new ConfigKey<>(
            "drover.sessions.vnc-ws-base",
            "",
            "Begin of vnc.ws of sessions, as in wss://drover.example.com/{host}; {host} and {port} are those of the"
                    + " session's node. By default the address that the caller used.",
            base("wss?"),
            List.of("RUNNER_VNC_WS_BASE"));

    public static final ConfigKey<String> HTTP = new ConfigKey<>(
            "drover.sessions.vnc-http-base",
            "",
            "Begin of vnc.http of sessions, as in https://drover.example.com/{host}; {host} and {port} are those of the"
                    + " session's node. By default the address that the caller used.",
            base("https?"),
            List.of("RUNNER_VNC_HTTP_BASE"));

    public static VncLinkSettings from(Config config) {
        return new VncLinkSettings(set(WS.read(config)), set(HTTP.read(config)));
    }

    private static Optional<String> set(String text) {
        return Optional.of(text).filter(base -> !base.isEmpty());
    }

    private static Function<String, String> base(String scheme) {
        return text -> {
            String base = text.strip();
            String filled = base.replace("{host}", "host").replace("{port}", "1");
            if (!base.isEmpty()
                    && (!filled.matches(scheme + "://[^/?#]+([/?][^#]*)?")
                            || URI.create(filled).getHost() == null)) {
                throw new IllegalArgumentException("an address that begins with " + scheme.replace("?", "") + "://");
            }
            return base;
        };
    }
}
