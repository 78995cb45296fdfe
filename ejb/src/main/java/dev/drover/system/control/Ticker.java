// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does something again and again, by a clock that never jumps. A timer of the EJB container reckons each time from the
 * one before: an hour back on the machine's clock would silence it for an hour, a day forward makes up for all that was
 * missed (https://github.com/OpenLiberty/open-liberty, TimerNpImpl).
 */
@ApplicationScoped
public class Ticker {

    private static final Logger LOG = Logger.getLogger(Ticker.class.getName());

    private final Queue<Future<?>> going = new ConcurrentLinkedQueue<>();

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @SuppressWarnings("NullAway.Init") // injected
    public Ticker() {}

    /** From one period after now until the server stops; a round that fails does not keep the next from coming. */
    public void every(Duration period, Runnable round) {
        going.add(scheduler.scheduleAtFixedRate(
                () -> once(round), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void once(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "DROVER0003 something that is done again and again failed this time", e);
        }
    }

    @PreDestroy
    void stop() {
        going.forEach(one -> one.cancel(false));
    }
}
