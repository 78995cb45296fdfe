// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.EngineStatus.Availability;
import dev.drover.browser.control.HeldBrowsers;
import dev.drover.browser.control.Window;
import dev.drover.host.entity.Host;
import dev.drover.job.control.Drain;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** What this node can say of itself. */
@ApplicationScoped
class OwnFacts {

    private BrowserPool browsers;
    private HeldBrowsers held;
    private Drain drain;
    private NodeIdentity node;
    private HostSettings settings;
    private String url;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected OwnFacts() {}

    @Inject
    OwnFacts(BrowserPool browsers, HeldBrowsers held, Drain drain, NodeIdentity node, HostSettings settings) {
        this.browsers = browsers;
        this.held = held;
        this.drain = drain;
        this.node = node;
        this.settings = settings;
        this.url = settings.url().isEmpty() ? node.origin() : settings.url();
    }

    Host.Facts read() {
        List<EngineStatus> engines = browsers.engines();
        List<String> capabilities = Stream.of(
                        engines.stream()
                                .filter(engine -> engine.availability() == Availability.AVAILABLE)
                                .map(EngineStatus::name),
                        supportsVnc(engines) ? Stream.of("vnc") : Stream.<String>empty(),
                        settings.labels().stream())
                .flatMap(each -> each)
                .toList();
        Drain.Status status = drain.status();
        return new Host.Facts(
                url,
                switch (status.state()) {
                    case SERVING -> "available";
                    case DRAINING -> "draining";
                    case DRAINED -> "drained";
                },
                Json.write(capabilities),
                "[]",
                Json.write(engines.stream().map(OwnFacts::engine).toList()),
                String.join(",", node.roles()),
                node.version(),
                browsers.most(),
                status.running(),
                status.deadline());
    }

    private boolean supportsVnc(List<EngineStatus> engines) {
        return engines.stream()
                .anyMatch(engine -> held.refusal(engine.name(), Window.VNC).isEmpty());
    }

    private static EngineFacts engine(EngineStatus engine) {
        return new EngineFacts(engine.name(), engine.availability().wireName(), engine.version(), engine.reason());
    }
}
