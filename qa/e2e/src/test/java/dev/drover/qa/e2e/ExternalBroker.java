// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis broker in a process of its own, as several nodes share it, with the configuration that Drover ships for one.
 * It can be killed and started again, with its journal or without.
 */
final class ExternalBroker implements AutoCloseable {

    private static final String READY = "broker ready";
    private static final Path SHIPPED =
            Path.of("../../docker/artemis/broker.xml").toAbsolutePath().normalize();

    private final int port;
    private final Path folder;
    private Process process;

    private ExternalBroker(int port, Path folder) {
        this.port = port;
        this.folder = folder;
        this.process = launch();
    }

    static ExternalBroker start() {
        Path folder = Path.of("target/servers/broker").toAbsolutePath();
        deleteTree(folder);
        return new ExternalBroker(freePort(), folder);
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again on its journal, and returns when it takes messages. */
    void startAgain() {
        process = launch();
    }

    /** Takes away all that it kept; it must not run. */
    void loseJournal() {
        deleteTree(folder);
    }

    /** Sends texts to a queue, as whoever can reach the broker may. */
    void send(String queue, List<String> texts) {
        inSession(session -> {
            try (ClientProducer producer = session.createProducer(queue)) {
                for (String text : texts) {
                    ClientMessage message = session.createMessage(Message.TEXT_TYPE, true);
                    message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
                    producer.send(message);
                }
            }
            return texts.size();
        });
    }

    /** Sends something that is no text at all. */
    void sendBytes(String queue, byte[] bytes) {
        inSession(session -> {
            try (ClientProducer producer = session.createProducer(queue)) {
                ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
                message.getBodyBuffer().writeBytes(bytes);
                producer.send(message);
            }
            return bytes.length;
        });
    }

    /** How many messages are in a queue, those that are being worked on among them. */
    long depth(String queue) {
        return inSession(session -> session.queueQuery(SimpleString.of(queue)).getMessageCount());
    }

    @Override
    public void close() {
        kill();
    }

    private interface Work<T> {
        T with(ClientSession session) throws Exception;
    }

    private <T> T inSession(Work<T> work) {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url());
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            return work.with(session);
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not do that", e);
        }
    }

    private Process launch() {
        try {
            Path log = Files.createDirectories(Path.of("target/servers")).resolve("broker.log");
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ExternalBroker.class.getName(),
                            Integer.toString(port),
                            folder.toString())
                    .redirectError(log.toFile())
                    .start();
            BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); !READY.equals(line); line = said.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the broker ended with " + started.waitFor());
                }
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    /** The broker itself. It ends with whoever started it: then nobody holds the other end of its input. */
    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(shipped(args[0], Path.of(args[1])));
        broker.start();
        System.out.println(READY);
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is said; only the end counts.
                }
            } catch (IOException e) {
                // That is the end, too.
            }
            end.countDown();
        });
        end.await();
        broker.stop();
    }

    /** The shipped one at another address, without users, and quicker to give a message up. */
    private static FileConfiguration shipped(String port, Path folder) throws Exception {
        FileConfiguration configuration = new FileConfiguration();
        new FileDeploymentManager(SHIPPED.toUri().toString())
                .addDeployable(configuration)
                .readConfiguration();
        configuration.setBrokerInstance(folder.toFile());
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.clearAcceptorConfigurations();
        configuration.addAcceptorConfiguration("core", "tcp://127.0.0.1:" + port + "?protocols=CORE");
        AddressSettings all = requireNonNull(configuration.getAddressSettings().get("#"));
        all.setRedeliveryDelay(100).setRedeliveryMultiplier(1);
        return configuration;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
