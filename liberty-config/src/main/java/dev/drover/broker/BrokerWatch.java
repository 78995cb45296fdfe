// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a connection to the broker for nothing but to notice when it breaks, and says so when there is one again. However
 * short the broker was away: its clients reconnect by themselves, but the consumers of message-driven beans were seen to
 * get nothing any more.
 */
final class BrokerWatch {

    /** Makes a connection that does not come back by itself. */
    @FunctionalInterface
    interface Dial {
        Connection connect() throws JMSException;
    }

    private static final System.Logger LOG = System.getLogger(BrokerWatch.class.getName());

    private final Dial dial;
    private final Runnable cameBack;
    private final Duration betweenTries;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private BrokerWatch(Dial dial, Runnable cameBack, Duration betweenTries) {
        this.dial = dial;
        this.cameBack = cameBack;
        this.betweenTries = betweenTries;
        this.thread = Thread.ofPlatform().daemon().name("broker-watch").unstarted(this::watch);
    }

    /** @param cameBack is run each time when the broker answers that was lost before; not when it is first found */
    static BrokerWatch start(Dial dial, Runnable cameBack, Duration betweenTries) {
        BrokerWatch watch = new BrokerWatch(dial, cameBack, betweenTries);
        watch.thread.start();
        return watch;
    }

    void stop() {
        stop.countDown();
        thread.interrupt();
    }

    private void watch() {
        boolean lost = false;
        try {
            do {
                CountDownLatch broken = new CountDownLatch(1);
                try (Connection connection = dial.connect()) {
                    connection.setExceptionListener(failure -> broken.countDown());
                    if (lost) {
                        LOG.log(Level.INFO, "The message broker was away and is back; all listeners connect anew");
                        cameBack.run();
                    }
                    lost = true;
                    broken.await();
                } catch (JMSException away) {
                    LOG.log(Level.DEBUG, "the broker is away", away);
                }
            } while (!stop.await(betweenTries.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
