// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivingNodesTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Host.Facts FACTS =
            new Host.Facts(null, "available", "[]", "[]", "[]", "worker", null, 1, 0, null);

    private final LivingNodes nodes = new LivingNodes();
    private long now = Duration.ofHours(1).toNanos();

    @Test
    void oneThatIsSilentIsDeadAfterTenSeconds() {
        for (int second = 0; second <= 20; second += 2) {
            look(node("a", second), node("b", Math.min(second, 6)));
            assertThat(names()).contains("a");
            if (second <= 14) {
                assertThat(names()).as("after %d s", second).contains("b");
            }
        }
        assertThat(names()).containsExactly("a");
        assertThat(nodes.isDead("b")).isTrue();
        assertThat(nodes.isDead("a")).isFalse();
    }

    @Test
    void aClockThatGoesWrongKillsNobody() {
        for (int second = 0; second <= 20; second += 2) {
            look(node("a", second), node("b", second - 3600));
        }
        assertThat(nodes.isDead("b")).isFalse();
    }

    @Test
    void whatWasInTheDatabaseBeforeIsNotDeadAtOnce() {
        look(node("a", 0), node("long gone", -100));
        assertThat(nodes.isDead("long gone")).isFalse();
        assertThat(nodes.isDead("never there")).isFalse();
        for (int second = 2; second <= 12; second += 2) {
            look(node("a", second), node("long gone", -100));
        }
        assertThat(nodes.isDead("long gone")).isTrue();
        assertThat(nodes.isDead("never there")).isTrue();
    }

    @Test
    void afterTimeWithoutTheDatabaseTheOthersHaveTimeToSpeak() {
        for (int second = 0; second <= 20; second += 2) {
            look(node("a", second), node("b", second));
        }
        now += Duration.ofMinutes(5).toNanos();
        look(node("a", 320));
        assertThat(nodes.isDead("b")).isFalse();
        look(node("a", 322), node("b", 322));
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void aMachineOfOthersIsNoNode() {
        look(node("a", 0), new Host("pi", HostKind.FOREIGN, FACTS, START));
        assertThat(names()).containsExactly("a");
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        nodes.all().forEach(node -> names.add(node.name()));
        return names;
    }

    /** Two seconds after the look before. */
    private void look(Host... hosts) {
        nodes.note(List.of(hosts), now);
        now += Duration.ofSeconds(2).toNanos();
    }

    private static Host node(String name, int second) {
        return new Host(name, HostKind.NODE, FACTS, START.plusSeconds(second));
    }
}
