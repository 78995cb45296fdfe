// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets only so many webhooks of this node go to one receiver at once, so that no receiver delays another. Who has answered
 * quickly last time gets its full share. All others, new and slow ones, get one at a time, and have half of the senders
 * between them: however many of them hang, the other half is left to those that do not. Nobody waits here: who is refused
 * is called as soon as there is room.
 */
@ApplicationScoped
public class Receivers {

    /** Whether a webhook may go to its receiver now. */
    sealed interface Entry {}

    /** It may; who got this calls {@link #leave} in the end. */
    record Granted(Instant at) implements Entry {}

    /** Too many are on their way: its stream is called by a later {@link #leave}. */
    record Busy() implements Entry {}

    /** The receiver wants to be left alone until then. */
    record Paused(Instant until) implements Entry {}

    /** An answer within this time is a quick one. */
    static final Duration QUICK = Duration.ofSeconds(2);

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_REMEMBERED = 2_000;

    private static final class Receiver {
        private int running;
        private boolean quick;
        private Instant pausedUntil = Instant.MIN;
    }

    private final Map<String, Receiver> known = new HashMap<>();
    /** Streams that were refused, in the order of their coming, with their receivers. */
    private final Map<String, String> waiting = new LinkedHashMap<>();

    private int perReceiver;
    private int forOthers;
    private Clock clock;
    private int running;
    private int othersRunning;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Receivers() {}

    @Inject
    public Receivers(WebhookSettings settings, Clock clock) {
        this.perReceiver = settings.perReceiver();
        this.forOthers = Math.max(1, settings.concurrency() / 2);
        this.clock = clock;
    }

    /** @param stream that is called later where there is no room now */
    synchronized Entry enter(String receiver, String stream) {
        Instant now = clock.instant();
        Receiver to = known.computeIfAbsent(receiver, unknown -> new Receiver());
        if (to.pausedUntil.isAfter(now)) {
            return new Paused(to.pausedUntil);
        }
        if (!hasRoom(to)) {
            if (waiting.size() < MOST_WAITING) {
                // Where even this is full, the sweeper comes back to it.
                waiting.putIfAbsent(stream, receiver);
            }
            return new Busy();
        }
        to.running++;
        running++;
        othersRunning += to.quick ? 0 : 1;
        return new Granted(now);
    }

    private boolean hasRoom(Receiver to) {
        return to.quick ? to.running < perReceiver : to.running == 0 && othersRunning < forOthers;
    }

    /**
     * A webhook has come back.
     *
     * @return streams for which there is room now
     */
    synchronized List<String> leave(String receiver, Granted granted) {
        Receiver to = known.get(receiver);
        if (to == null || to.running == 0) {
            throw new IllegalStateException("nobody has entered: " + receiver);
        }
        boolean wasQuick = to.quick;
        to.quick = Duration.between(granted.at(), clock.instant()).compareTo(QUICK) < 0;
        to.running--;
        running--;
        // Those on their way count as what their receiver is now.
        othersRunning += (to.quick ? 0 : to.running) - (wasQuick ? 0 : to.running + 1);
        forgetSome();
        return called();
    }

    /** The receiver wants to be left alone. */
    synchronized void pause(String receiver, Instant until) {
        Receiver to = known.get(receiver);
        if (to != null && until.isAfter(to.pausedUntil)) {
            to.pausedUntil = until;
        }
    }

    /** How many webhooks are on their way. */
    synchronized int running() {
        return running;
    }

    private List<String> called() {
        List<String> called = new ArrayList<>();
        Map<String, Integer> promised = new HashMap<>();
        Iterator<Map.Entry<String, String>> all = waiting.entrySet().iterator();
        while (all.hasNext() && called.size() < perReceiver) {
            Map.Entry<String, String> next = all.next();
            Receiver to = known.computeIfAbsent(next.getValue(), unknown -> new Receiver());
            int left = (to.quick ? perReceiver : 1) - to.running - promised.getOrDefault(next.getValue(), 0);
            if (left > 0 && hasRoom(to)) {
                promised.merge(next.getValue(), 1, Integer::sum);
                called.add(next.getKey());
                all.remove();
            }
        }
        return called;
    }

    private void forgetSome() {
        if (known.size() > MOST_REMEMBERED) {
            Instant now = clock.instant();
            known.values().removeIf(receiver -> receiver.running == 0 && !receiver.pausedUntil.isAfter(now));
        }
    }
}
