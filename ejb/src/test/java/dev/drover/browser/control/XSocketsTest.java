// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XSocketsTest {

    private static final Duration OLD = Duration.ofSeconds(10);

    @TempDir
    Path temporary;

    private XSockets sockets;

    @BeforeEach
    void open() throws IOException {
        sockets = new XSockets(temporary);
        Files.createDirectories(sockets.socket(7).resolveSibling(""));
    }

    @Test
    void whatADeadServerLeftIsRemovedOnceItIsOld() throws Exception {
        lock(7, deadPid(), Instant.now());
        Files.createFile(sockets.socket(7));

        assertThat(sockets.isTaken(7)).isFalse();
        assertThat(sockets.removeIfDead(7, OLD)).isFalse();

        lock(7, deadPid(), Instant.now().minusSeconds(60));
        assertThat(sockets.removeIfDead(7, OLD)).isTrue();
        assertThat(sockets.lock(7)).doesNotExist();
        assertThat(sockets.socket(7)).doesNotExist();
    }

    @Test
    void whatALivingServerHasStays() throws IOException {
        lock(7, ProcessHandle.current().pid(), Instant.now().minusSeconds(60));

        assertThat(sockets.isTaken(7)).isTrue();
        assertThat(sockets.removeIfDead(7, OLD)).isFalse();
        assertThat(sockets.lock(7)).exists();
    }

    @Test
    void aSocketThatAnswersIsTakenEvenIfItsServerIsNotKnownHere() throws Exception {
        lock(7, deadPid(), Instant.now().minusSeconds(60));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(sockets.socket(7)));

            assertThat(sockets.isTaken(7)).isTrue();
            assertThat(sockets.removeIfDead(7, OLD)).isFalse();
        }
        assertThat(sockets.isTaken(7)).isFalse();
    }

    @Test
    void onlyTheServerItselfIsCleanedUpAfter() throws Exception {
        long pid = deadPid();
        lock(7, pid, Instant.now());

        sockets.removeOf(7, pid + 1);
        assertThat(sockets.lock(7)).exists();

        sockets.removeOf(7, pid);
        assertThat(sockets.lock(7)).doesNotExist();
    }

    @Test
    void aPortThatSomebodyHasOnAnyAddressIsNotFree() throws IOException {
        int port;
        try (ServerSocket everywhere = new ServerSocket()) {
            everywhere.bind(new InetSocketAddress(0));
            port = everywhere.getLocalPort();
            assertThat(XSockets.isFree(port)).isFalse();
        }
        assertThat(XSockets.isFree(port)).isTrue();
        try (ServerSocket loopback = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(XSockets.isFree(loopback.getLocalPort())).isFalse();
        }
    }

    private void lock(int display, long pid, Instant at) throws IOException {
        Path file = Files.writeString(sockets.lock(display), "%10d\n".formatted(pid));
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private static long deadPid() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }
}
