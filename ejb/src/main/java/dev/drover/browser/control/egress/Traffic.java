// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one run does on the network: how much it has loaded, and the last connection that came to nothing. */
public final class Traffic {

    /** Why a connection came to nothing. */
    public enum Cause {
        REFUSED_ADDRESS,
        NAME_NOT_RESOLVED,
        CONNECTION_REFUSED,
        CONNECTION_TIMED_OUT,
        ADDRESS_UNREACHABLE,
        PROXY_FAILED
    }

    /** A connection that came to nothing. */
    public record Trouble(Cause cause, String host) {}

    private final @Nullable UpstreamProxy upstream;
    private final long budget;
    private final Runnable overdrawn;
    private final AtomicLong loaded = new AtomicLong();
    private volatile @Nullable Trouble lastTrouble;

    /**
     * @param upstream through which the run's connections go; null for none
     * @param budget in bytes that the run may load
     * @param overdrawn called once, by any thread, when the run has loaded more
     */
    public Traffic(@Nullable UpstreamProxy upstream, long budget, Runnable overdrawn) {
        this.upstream = upstream;
        this.budget = budget;
        this.overdrawn = requireNonNull(overdrawn, "overdrawn");
    }

    /** Of nobody: what a browser does while no run goes on. */
    static Traffic unowned() {
        return new Traffic(null, 1 << 20, () -> {});
    }

    @Nullable
    UpstreamProxy upstream() {
        return upstream;
    }

    /** The run has loaded some bytes more; false when that was more than it may. */
    boolean load(int bytes) {
        long now = loaded.addAndGet(bytes);
        if (now <= budget) {
            return true;
        }
        if (now - bytes <= budget) {
            overdrawn.run();
        }
        return false;
    }

    void failed(Cause cause, String host) {
        lastTrouble = new Trouble(cause, host);
    }

    /** Bytes that came from the network. */
    public long loaded() {
        return loaded.get();
    }

    public boolean isOverdrawn() {
        return loaded.get() > budget;
    }

    /** The last connection that came to nothing; null when there was none. */
    public @Nullable Trouble lastTrouble() {
        return lastTrouble;
    }
}
