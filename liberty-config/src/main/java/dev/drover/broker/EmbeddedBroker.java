// SPDX-License-Identifier: Apache-2.0
package dev.drover.broker;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An Artemis broker inside this process, with its journal in one folder.
 *
 * <p>It speaks to this process only, over memory, unless a {@link BrokerListener} opens it to others. An error of the
 * disk, which Artemis answers by stopping for good, is not the end of it: it is started again until the disk takes it.
 */
final class EmbeddedBroker {

    /**
     * How long the journal may gather writes into one {@code fdatasync}. Artemis' default of 3.3 ms is made for
     * spinning disks and was most of a message's latency (docs/adr/0008).
     */
    private static final int GATHER_WRITES_NANOS = 100_000;

    private static final System.Logger LOG = System.getLogger(EmbeddedBroker.class.getName());

    private static final int JOURNAL_FILE_BYTES = 10 * 1024 * 1024;

    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(2);

    private final Path folder;
    private final int vmId;
    private final @Nullable BrokerListener listener;
    private EmbeddedActiveMQ server;
    private final CountDownLatch stop = new CountDownLatch(1);

    private EmbeddedBroker(Path folder, int vmId, @Nullable BrokerListener listener) throws Exception {
        this.folder = folder;
        this.vmId = vmId;
        this.listener = listener;
        this.server = launch();
    }

    /**
     * Starts a broker and returns when it takes messages.
     *
     * @param folder where the journal lives; created if missing
     * @param vmId which of this process's brokers this is: clients in the process say the same number
     * @param listener opens the broker to other processes, or null
     */
    static EmbeddedBroker start(Path folder, int vmId, @Nullable BrokerListener listener) throws Exception {
        Files.createDirectories(folder);
        return new EmbeddedBroker(folder, vmId, listener);
    }

    private EmbeddedActiveMQ launch() throws Exception {
        EmbeddedActiveMQ launched = new EmbeddedActiveMQ();
        launched.setConfiguration(configuration(folder, vmId, listener));
        if (listener != null) {
            launched.setSecurityManager(listener.securityManager());
        }
        launched.createActiveMQServer();
        launched.getActiveMQServer().registerIOCriticalErrorListener((cause, message, file) -> startAgain(launched));
        try {
            launched.start();
        } catch (Exception e) {
            launched.stop();
            throw e;
        }
        return launched;
    }

    private void startAgain(EmbeddedActiveMQ failed) {
        LOG.log(Level.WARNING, "The embedded broker stops for an error of its disk; it is started again");
        Thread.ofPlatform().daemon().name("broker-again").start(() -> {
            try {
                boolean done = false;
                while (!done) {
                    done = stop.await(BETWEEN_STARTS.toMillis(), TimeUnit.MILLISECONDS) || isStartedAgain(failed);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** False when that is to be tried once more. */
    private synchronized boolean isStartedAgain(EmbeddedActiveMQ failed) {
        if (stop.getCount() == 0) {
            return true;
        }
        try {
            failed.stop();
            server = launch();
            LOG.log(Level.INFO, "The embedded broker takes messages again");
            return true;
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "the embedded broker does not start yet", e);
            return false;
        }
    }

    synchronized void stop() throws Exception {
        stop.countDown();
        server.stop();
    }

    /** The broker as it runs now. */
    synchronized ActiveMQServer artemis() {
        return server.getActiveMQServer();
    }

    private static Configuration configuration(Path folder, int vmId, @Nullable BrokerListener listener)
            throws Exception {
        Configuration broker = new ConfigurationImpl()
                .setName("drover")
                .setJMXManagementEnabled(true)
                .setSecurityEnabled(listener != null)
                .setAddressConfigurations(BrokerLayout.addresses())
                .setAddressSettings(BrokerLayout.settings());
        broker.addAcceptorConfiguration(new TransportConfiguration(
                InVMAcceptorFactory.class.getName(), Map.of(TransportConstants.SERVER_ID_PROP_NAME, vmId), "vm"));
        if (listener != null) {
            broker.addAcceptorConfiguration(listener.acceptor());
        }
        store(broker, folder);
        size(broker);
        return broker;
    }

    private static void store(Configuration broker, Path folder) {
        broker.setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                // NIO writes as fast here as the native library, which would need Debian's libaio besides.
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4);
        broker.setJournalBufferTimeout_NIO(GATHER_WRITES_NANOS);
    }

    private static void size(Configuration broker) {
        broker.setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                // A disk as full as that is the operator's business long before; then senders get an error, not a hang.
                .setMaxDiskUsage(98)
                .setGlobalMaxSize(96L * 1024 * 1024)
                .setMessageExpiryScanPeriod(30_000)
                .setFileDeployerScanPeriod(-1)
                .setConfigurationFileRefreshPeriod(-1)
                // A stalled disk must not make the analyzer halt the process, which holds more than the broker.
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG);
    }
}
