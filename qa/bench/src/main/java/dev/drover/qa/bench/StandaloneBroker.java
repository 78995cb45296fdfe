// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker as a process of its own, with the queues and the journal that a real one for Drover has. */
public final class StandaloneBroker {

    /** Kept, since levels of loggers that nobody holds are lost: Artemis' audit loggers write lines for every message. */
    private static final Logger ARTEMIS = Logger.getLogger("org.apache.activemq");

    private StandaloneBroker() {}

    /** Arguments: folder, port. Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        ARTEMIS.setLevel(Level.WARNING);
        Path folder = Path.of(arguments[0]);
        Configuration configuration = new ConfigurationImpl()
                .setName("drover-bench")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setAddressConfigurations(List.of(
                        queue("drover.jobs.browser"),
                        queue("drover.jobs.plain"),
                        queue("drover.webhooks"),
                        queue("drover.dead-letters"),
                        queue("drover.expired"),
                        new CoreAddressConfiguration().setName("drover.events").addRoutingType(RoutingType.MULTICAST)))
                .setAddressSettings(Map.of("#", settings()));
        configuration.setJournalBufferTimeout_NIO(100_000);
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + arguments[1]);
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing is said to it; the end of the input is the end.
        }
        server.stop();
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

    private static AddressSettings settings() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of("drover.dead-letters"))
                .setExpiryAddress(SimpleString.of("drover.expired"))
                .setMaxSizeBytes(32L * 1024 * 1024)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }
}
