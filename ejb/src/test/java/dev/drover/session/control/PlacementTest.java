// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.Window;
import dev.drover.host.control.LivingNodes;
import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.session.entity.SessionStore;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

    private final List<Host> living = new ArrayList<>();
    private boolean worker;

    private final Placement placement = new Placement(
            new LivingNodes() {
                @Override
                public List<Host> all() {
                    return List.copyOf(living);
                }

                @Override
                public Optional<Host> find(String name) {
                    return all().stream()
                            .filter(host -> host.name().equals(name))
                            .findFirst();
                }
            },
            new SessionStore() {
                @Override
                public Map<String, Long> countByNode() {
                    return Map.of("busy", 3L);
                }
            },
            new Transactions(),
            new NodeIdentity() {
                @Override
                public String name() {
                    return "here";
                }

                @Override
                public boolean isWorker() {
                    return worker;
                }
            });

    private void lives(String name, String status, String capabilities) {
        Host.Facts facts =
                new Host.Facts("http://" + name, status, capabilities, "[]", "[]", "api", "0.1.0", 1, 0, null);
        living.add(new Host(name, HostKind.NODE, facts, NOW));
    }

    private static SessionWish wish(Window window) {
        return new SessionWish(BrowserOptions.DEFAULT, window, null, null, null, null, Map.of());
    }

    @Test
    void thoseWithTheFewestSessionsComeFirstAndOthersNotAtAll() {
        lives("here", "available", "[]");
        lives("busy", "available", "[\"chromium\"]");
        lives("free", "available", "[\"chromium\"]");
        lives("drains", "draining", "[\"chromium\"]");

        assertThat(placement.order(wish(Window.NONE), null)).containsExactly("free", "busy");
    }

    @Test
    void aNodeWithBrowsersSaysItselfWhyNoneFits() {
        worker = true;
        lives("here", "available", "[]");
        lives("other", "available", "[\"chromium\"]");

        assertThat(placement.order(wish(Window.VNC), null)).containsExactly("here");
    }

    @Test
    void whileNoWorkerHasSaidWhatItHasTheClientIsToComeAgain() {
        lives("here", "available", "[]");
        lives("just-started", "available", "[]");

        assertThatThrownBy(() -> placement.order(wish(Window.VNC), null))
                .isInstanceOfSatisfying(DroverException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refused.retryAfter()).isPresent();
                })
                .hasMessageStartingWith("No node that takes sessions has chromium with VNC for now");
    }
}
