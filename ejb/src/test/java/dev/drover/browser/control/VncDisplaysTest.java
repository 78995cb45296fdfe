// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.browser.control.VncSettings.Range;
import dev.drover.browser.control.VncSettings.Resolution;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Displays of a real Xvnc. */
class VncDisplaysTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path TMP = Path.of("/tmp");

    /** Of no other program, as far as one can tell. */
    private static final Range NUMBERS = new Range(28_411, 28_412);

    @TempDir
    Path data;

    private VncTools tools;
    private Range ports;

    @BeforeEach
    void find() throws IOException {
        tools = VncTools.find(List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin")));
        assertThat(tools.refusal(true))
                .as("./drover test installs what tests need")
                .isEmpty();
        ports = freePorts();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (int number = NUMBERS.first(); number <= NUMBERS.last(); number++) {
            assertThat(lock(number)).doesNotExist();
            assertThat(socket(number)).doesNotExist();
        }
        assertThat(files("node/processes")).isEmpty();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(TMP, "drover-display-2841?-*")) {
            assertThat(folders).isEmpty();
        }
    }

    @Test
    void aDisplayGreetsOnLoopbackAndLeavesNothing() throws IOException {
        VncDisplays displays = displays(ports);
        VncDisplay display = displays.open(Window.VNC);

        assertThat(display.place()).isEqualTo(new VncDisplay.Place(NUMBERS.first(), ports.first()));
        assertThat(display.environment()).containsEntry("DISPLAY", ":" + NUMBERS.first());
        assertThat(greeting(display)).isEqualTo("RFB 003.008\n");
        assertThat(Path.of(String.valueOf(display.environment().get("XAUTHORITY"))))
                .satisfies(cookie -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cookie)))
                        .isEqualTo("rw-------"));
        assertThat(lock(NUMBERS.first())).exists();
        assertThat(displays.size()).isEqualTo(1);
        display.close();

        assertThat(display.isAlive()).isFalse();
        assertThat(displays.size()).isZero();
        assertThat(XSockets.isFree(ports.first())).isTrue();
    }

    @Test
    void whatOtherProgramsHaveIsLeftToThem() throws IOException {
        try (ServerSocket other = new ServerSocket(ports.first(), 1, InetAddress.getLoopbackAddress())) {
            VncDisplay first = displays(ports).open(Window.VNC);
            VncDisplay second =
                    displays(new Range(ports.first() - 1, ports.last())).open(Window.VNC);

            assertThat(other.isBound()).isTrue();
            assertThat(first.place().port()).isEqualTo(ports.last());
            assertThat(second.place().number()).isEqualTo(NUMBERS.last());
            first.close();
            second.close();
        }
    }

    @Test
    void oneMoreThanThereArePlacesIsRefused() {
        VncDisplays displays = displays(ports);
        VncDisplay first = displays.open(Window.VNC);
        VncDisplay second = displays.open(Window.VNC_WITH_PASSWORD);

        assertThatThrownBy(() -> displays.open(Window.VNC)).isInstanceOfSatisfying(TaskFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(HeldBrowsers.DISPLAYS_TAKEN);
            assertThat(failure).hasMessageContaining("28411 to 28412");
        });
        second.close();
        displays.open(Window.VNC).close();
        first.close();
    }

    @Test
    void aPasswordIsOfEightLettersAndInNoCommandLine() {
        VncDisplay display = displays(ports).open(Window.VNC_WITH_PASSWORD);

        assertThat(display.password()).hasSize(8);
        assertThat(display.processes().getFirst().info().commandLine().orElseThrow())
                .contains("VncAuth")
                .doesNotContain(String.valueOf(display.password()));
        display.close();
    }

    @Test
    void aServerThatIsKilledIsNoticedAndCleanedUpAfter() {
        VncDisplay display = displays(ports).open(Window.VNC);

        display.processes().getFirst().destroyForcibly();

        await().atMost(SOON).until(() -> !display.isAlive());
        display.close();
    }

    @Test
    void programsThatFailAreSaidToAndLeaveNothing() throws IOException {
        Path broken = Files.writeString(data.resolve("Xvnc"), "#!/bin/sh\necho it is broken\nexit 1\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        VncDisplays displays = displays(ports, new VncTools(broken, null, null, null));

        assertThatThrownBy(() -> displays.open(Window.VNC))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("it is broken");
        assertThat(displays.size()).isZero();
    }

    @Test
    void aLaterServerEndsWhatAKilledOneLeft() {
        VncDisplay left = displays(ports).open(Window.VNC);

        int ended = new ProcessLedger(data.resolve("node/processes")).reap();
        await().atMost(SOON).until(() -> !left.isAlive());
        // X itself takes over what is left of a dead server; the sweep only removes what is old.
        displays(ports).open(Window.VNC).close();

        assertThat(ended).isPositive();
        left.close();
    }

    private VncDisplays displays(Range portRange) {
        return displays(portRange, tools);
    }

    private VncDisplays displays(Range portRange, VncTools programs) {
        return new VncDisplays(
                new VncSettings(true, NUMBERS, portRange, new Resolution(320, 240, 24), List.of()),
                programs,
                new ProcessLedger(data.resolve("node/processes")),
                new XSockets(TMP));
    }

    private static String greeting(VncDisplay display) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), display.address().getPort())) {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    private static Path lock(int number) {
        return new XSockets(TMP).lock(number);
    }

    private static Path socket(int number) {
        return new XSockets(TMP).socket(number);
    }

    private List<Path> files(String folder) throws IOException {
        if (!Files.exists(data.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.resolve(folder))) {
            return files.toList();
        }
    }

    /** Two neighbours. */
    private static Range freePorts() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                int port = probe.getLocalPort();
                if (port < 65_000 && XSockets.isFree(port + 1)) {
                    return new Range(port, port + 1);
                }
            }
        }
        throw new IllegalStateException("no two free ports");
    }
}
