// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jboss.arquillian.config.descriptor.api.ArquillianDescriptor;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.api.event.ManagerStarted;
import org.jspecify.annotations.Nullable;

/**
 * A server for the tests: the runtime of the packaged one with a copy of its configuration, in a folder of its own. The
 * packaged server stays as it was built. Its environment is in the build file.
 */
final class ServerCopy {

    /** Of the build: {@code ear/target}. */
    static final Path TARGET =
            Path.of(System.getProperty("drover.test.target", "target")).toAbsolutePath();

    /** Everything that the tests leave: configuration, logs, data. The build file names it too. */
    static final Path HOME = TARGET.resolve("in-container");

    static final Path LOG = HOME.resolve("logs/messages.log");

    private static final Path USR = HOME.resolve("usr");
    private static final Path WLP = TARGET.resolve("liberty/wlp");
    private static final Path PACKAGED = WLP.resolve("usr/servers/drover");

    /** The application without the tests, what it needs to drive browsers, and what a start leaves. */
    private static final Set<Path> LEFT_OUT = Set.of(
            PACKAGED.resolve("apps"),
            PACKAGED.resolve("playwright"),
            PACKAGED.resolve("workarea"),
            PACKAGED.resolve("logs"));

    /** Before {@link ArquillianDescriptor arquillian.xml} is read, which names these properties. */
    void prepare(@Observes(precedence = 100) ManagerStarted start) throws IOException {
        // Arquillian tells servers apart by their names in the list of all processes.
        String name = "incontainer" + ProcessHandle.current().pid();
        Path server = USR.resolve("servers").resolve(name);
        remove(HOME);
        copy(PACKAGED, server);
        Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
        Files.copy(Path.of("src/test/liberty/in-container.xml"), overrides.resolve("in-container.xml"));
        int port = freePort();
        // The JDK that the build chose, which need not be the one that Maven runs on.
        Files.writeString(
                server.resolve("server.env"),
                "\nJAVA_HOME=%s\nDROVER_HTTP_PORT=%d\n".formatted(System.getProperty("java.home"), port),
                StandardOpenOption.APPEND);
        System.setProperty("drover.test.port", String.valueOf(port));
        System.setProperty("drover.test.wlp", WLP.toString());
        System.setProperty("drover.test.usr", USR.toString());
        System.setProperty("drover.test.server", name);
    }

    /** Chosen here, for Arquillian does not learn which one a server took that was free to choose. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
