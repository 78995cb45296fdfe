// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import java.time.Duration;
import org.apache.activemq.artemis.ra.inflow.ActiveMQActivationSpec;

/**
 * How a message-driven bean listens: it waits for a broker that is not there, and comes back after one that was lost,
 * for as long as the server runs.
 */
public final class WorkActivation extends ActiveMQActivationSpec {

    private static final long serialVersionUID = 1L;

    public WorkActivation() {
        setUseJNDI(true);
        setSetupAttempts(-1);
        setSetupInterval(2_000L);
        setReconnectAttempts(-1);
        setRetryInterval(500L);
        setRetryIntervalMultiplier(2.0);
        setMaxRetryInterval(10_000L);
        setRebalanceConnections(false);
        // So long a paused bean may go on with what it works on: then Artemis interrupts it. A broker that is gone is
        // noticed by its missing pings, long before any call waits for this.
        setCallTimeout(Duration.ofDays(1).toMillis());
    }

    /**
     * How many messages this bean works on at once.
     *
     * @param sessions a number, or 0 for one on each core that the process may use
     */
    @Override
    public void setMaxSession(Integer sessions) {
        super.setMaxSession(sessions == 0 ? Runtime.getRuntime().availableProcessors() : sessions);
    }
}
