// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;

/**
 * The queues and topics of Drover and their policies, as the embedded broker sets them up.
 *
 * <p>An external broker gets the same layout from its own configuration; {@code docker/artemis/broker.xml} is written
 * after this class.
 */
final class BrokerLayout {

    static final String JOBS_BROWSER = "drover.jobs.browser";
    static final String JOBS_PLAIN = "drover.jobs.plain";
    static final String WEBHOOKS = "drover.webhooks";
    static final String EVENTS = "drover.events";
    static final String DEAD_LETTERS = "drover.dead-letters";
    static final String EXPIRED = "drover.expired";

    private static final long MIB = 1024 * 1024;

    /**
     * How often a message is handed out before it is a dead letter. The application settles a failing job itself, so
     * this many deliveries mean that it could not even do that.
     */
    static final int MAX_DELIVERIES = 10;

    private BrokerLayout() {}

    static List<CoreAddressConfiguration> addresses() {
        return List.of(
                queue(JOBS_BROWSER),
                queue(JOBS_PLAIN),
                queue(WEBHOOKS),
                queue(DEAD_LETTERS),
                queue(EXPIRED),
                topic(EVENTS));
    }

    /** Policies by address pattern; {@code #} is what every address has unless a longer pattern says otherwise. */
    static Map<String, AddressSettings> settings() {
        return Map.of("#", everyAddress(), EVENTS, events());
    }

    private static AddressSettings everyAddress() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS))
                .setExpiryAddress(SimpleString.of(EXPIRED))
                .setMaxDeliveryAttempts(MAX_DELIVERIES)
                .setRedeliveryDelay(1_000)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(60_000)
                // A job message is some 500 bytes: 32 MiB hold tens of thousands, then the rest waits on disk; a full
                // disk quota is an error to the sender, who keeps the job in the database and sends it again later.
                .setMaxSizeBytes(32 * MIB)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageSizeBytes((int) MIB)
                .setPageLimitBytes(1_024 * MIB)
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL)
                // Never a default routing type of ANYCAST here: topic consumers would silently get nothing.
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }

    private static AddressSettings events() {
        // Every event is in the database, and a reader that missed one asks for it: a node that does not keep up
        // loses messages here, it does not hold up the jobs.
        return new AddressSettings()
                .setMaxDeliveryAttempts(1)
                .setMaxSizeBytes(32 * MIB)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP)
                .setNoExpiry(false)
                .setExpiryDelay(60_000L)
                .setAutoDeleteQueues(true)
                .setAutoDeleteAddresses(false);
    }

    private static CoreAddressConfiguration queue(String name) {
        return new CoreAddressConfiguration()
                .setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(QueueConfiguration.of(name)
                        .setAddress(name)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true));
    }

    private static CoreAddressConfiguration topic(String name) {
        return new CoreAddressConfiguration().setName(name).addRoutingType(RoutingType.MULTICAST);
    }
}
