// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that live, as of the last beat: who asks waits for no database. What counts is that this node sees another one's
 * time of life change, whatever the clocks of the two say. While nothing could be read, nobody can be called dead.
 */
@ApplicationScoped
public class LivingNodes {

    /** One that was silent for so long is taken for dead. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    private static final long GAP = Duration.ofSeconds(6).toNanos();

    private record Sign(Instant ping, long seenAt) {}

    private Map<String, Sign> signs = Map.of();
    private long watchedSince;
    private long lastLook;
    private volatile List<Host> nodes = List.of();
    private volatile boolean sure;

    /**
     * Takes note of all hosts as they are now.
     *
     * @param now on the monotonic clock, in nanoseconds
     */
    synchronized void note(List<Host> hosts, long now) {
        if (signs.isEmpty() || now - lastLook > GAP) {
            signs = Map.of();
            watchedSince = now;
        }
        lastLook = now;
        Map<String, Sign> seen = new HashMap<>();
        for (Host host : hosts) {
            Sign before = signs.get(host.name());
            boolean stillSilent = before != null && before.ping().equals(host.lastPing());
            seen.put(host.name(), stillSilent ? before : new Sign(host.lastPing(), now));
        }
        signs = seen;
        nodes = hosts.stream()
                .filter(host -> host.kind() == HostKind.NODE && now - seenAt(host) < SILENCE.toNanos())
                .toList();
        sure = now - watchedSince >= SILENCE.toNanos();
    }

    private long seenAt(Host host) {
        Sign sign = signs.get(host.name());
        return sign == null ? 0 : sign.seenAt();
    }

    /** By their names, this one among them. */
    public List<Host> all() {
        return nodes;
    }

    public Optional<Host> find(String name) {
        return nodes.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    /** Whether a node that is not among them is dead: this one has watched for long enough. */
    public boolean isDead(String name) {
        return sure && find(name).isEmpty();
    }
}
