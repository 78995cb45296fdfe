// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis broker in a process of its own, as several nodes share it. */
record ExternalBroker(Process process, String url) implements AutoCloseable {

    private static final String READY = "broker ready";

    static ExternalBroker start() {
        try {
            int port = freePort();
            Path log = Files.createDirectories(Path.of("target/servers")).resolve("broker.log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            ExternalBroker.class.getName(),
                            Integer.toString(port))
                    .redirectError(log.toFile())
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            for (String line = said.readLine(); !READY.equals(line); line = said.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("the broker ended with " + process.waitFor());
                }
            }
            return new ExternalBroker(process, "tcp://127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker started", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** The broker itself. It ends with whoever started it: then nobody holds the other end of its input. */
    public static void main(String[] args) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("external")
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false);
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + args[0]);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
