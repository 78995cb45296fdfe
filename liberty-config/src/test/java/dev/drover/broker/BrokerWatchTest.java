// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {

    private final List<ExceptionListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger returns = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean away;

    private final BrokerWatch watch = BrokerWatch.start(this::connect, returns::incrementAndGet, Duration.ofMillis(10));

    @AfterEach
    void stop() {
        watch.stop();
    }

    @Test
    void aBrokerThatIsFoundIsNotOneThatCameBack() {
        await().until(() -> listeners.size() == 1);

        assertThat(returns).hasValue(0);
    }

    @Test
    void aBrokerThatWasLostIsToldOfOnceItAnswers() {
        await().until(() -> listeners.size() == 1);

        away = true;
        listeners.getFirst().onException(new JMSException("reset"));
        await().until(() -> refusals.get() > 2);
        assertThat(returns).hasValue(0);
        away = false;

        await().until(() -> returns.get() == 1);
        listeners.getLast().onException(new JMSException("reset again"));
        await().until(() -> returns.get() == 2);
    }

    private Connection connect() throws JMSException {
        if (away) {
            refusals.incrementAndGet();
            throw new JMSException("away");
        }
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setExceptionListener")) {
                        listeners.add((ExceptionListener) arguments[0]);
                    }
                    return null;
                });
    }
}
