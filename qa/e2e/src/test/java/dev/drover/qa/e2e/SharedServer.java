// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import dev.drover.qa.sites.SampleSites;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server and the sample sites for all classes that ask: a start is the most expensive thing here. */
final class SharedServer implements ParameterResolver {

    /** A site that is never there, for which the sample sites stand in. */
    static final String DOWN = "http://shop.invalid";

    /** Jobs that are to fail do so at once, unless they ask for more attempts, which then follow soon; so do webhooks. */
    private static Map<String, String> settings(SampleSites sites) {
        return Map.of(
                "DROVER_JOBS_MAX_ATTEMPTS",
                "1",
                "DROVER_JOBS_MAX_ATTEMPTS_BY_TASK",
                "example.headlines:2",
                "DROVER_JOBS_RETRY_BASE_SECONDS",
                "0.3",
                "DROVER_WEBHOOKS_RETRY_SECONDS",
                "0.5,0.5,0.5",
                "DROVER_WEBHOOKS_TIMEOUT_SECONDS",
                "4",
                // VncSessionTest has a server with VNC.
                "DROVER_SESSIONS_FRAMES_SECONDS",
                "2",
                "DROVER_SESSIONS_VNC_TOOLS_PATH",
                "/nowhere",
                "DROVER_FALLBACKS_RULES",
                "pdf source stale; noop reduced; * engine",
                "DROVER_FALLBACKS_SOURCES",
                "shop.invalid=" + sites.origin(),
                "BOOKING_SITE_URL",
                sites.url("/booking"));
    }

    private record Running(DroverServer server, SampleSites sites) implements AutoCloseable {

        static Running start() {
            SampleSites sites = SampleSites.start(0);
            return new Running(DroverServer.start("shared", settings(sites)), sites);
        }

        @Override
        public void close() {
            server.close();
            sites.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DroverServer.class || type == Api.class || type == SampleSites.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == SampleSites.class) {
            return running.sites();
        }
        return type == Api.class ? running.server().api() : running.server();
    }
}
