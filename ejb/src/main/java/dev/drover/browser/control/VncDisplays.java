// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.VncDisplay.Place;
import dev.drover.browser.control.VncSettings.Range;
import dev.drover.browser.control.VncSettings.Resolution;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes displays that are seen over VNC, each on a number and a port of its own out of the configured ranges, and knows all
 * of them until they have ended. They are reached on loopback only, and by X clients that have the display's cookie.
 */
final class VncDisplays {

    private static final System.Logger LOG = System.getLogger(VncDisplays.class.getName());
    private static final Duration START = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration STALE = Duration.ofSeconds(10);

    /** After its last client, the browser, an X server ends by itself: also when the server was killed that started it. */
    private static final String SECONDS_WITHOUT_CLIENTS = "10";

    private static final String GREETING = "RFB ";

    /** As many as VNC looks at. */
    private static final int PASSWORD_LENGTH = 8;

    private static final String PASSWORD_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final VncSettings settings;
    private final VncTools tools;
    private final ProcessLedger ledger;
    private final XSockets sockets;
    private final Set<Place> taken = new HashSet<>();
    private final Set<VncDisplay> displays = new HashSet<>();

    VncDisplays(VncSettings settings, VncTools tools, ProcessLedger ledger, XSockets sockets) {
        this.settings = settings;
        this.tools = tools;
        this.ledger = ledger;
        this.sockets = sockets;
    }

    /** Why no display can be had, in a sentence; empty when it may be tried. */
    Optional<String> refusal(Window window) {
        return settings.allowed()
                ? tools.refusal(window == Window.VNC_WITH_PASSWORD)
                : Optional.of("VNC is switched off on this server (DROVER_SESSIONS_VNC).");
    }

    Resolution resolution() {
        return settings.resolution();
    }

    /**
     * A new display, which shows things at once. Takes some tenths of a second.
     *
     * @throws TaskFailure with the code {@link HeldBrowsers#DISPLAYS_TAKEN} when every number or port is, by whomever, and another one when
     *     the programs fail
     */
    VncDisplay open(Window window) {
        refusal(window).ifPresent(reason -> {
            throw new TaskFailure(ErrorCategory.ENGINE_UNAVAILABLE, "window_unavailable", reason);
        });
        Set<Place> lost = new HashSet<>();
        try {
            while (true) {
                Place place = claim();
                try {
                    VncDisplay display = start(place, window == Window.VNC_WITH_PASSWORD);
                    synchronized (this) {
                        displays.add(display);
                    }
                    return display;
                } catch (TaskFailure e) {
                    // Another program may have been faster; else the next place would fail as well.
                    lost.add(place);
                    if (!sockets.isTaken(place.number()) && XSockets.isFree(place.port())) {
                        throw e;
                    }
                } catch (RuntimeException e) {
                    lost.add(place);
                    throw e;
                }
            }
        } finally {
            giveBack(lost);
        }
    }

    /** How many there are. */
    synchronized int size() {
        return displays.size();
    }

    /** How many of them nobody will end. */
    synchronized int orphans() {
        return (int) displays.stream().filter(this::isOrphan).count();
    }

    /** Ends displays that nobody will end, and removes what dead X servers have left of the configured numbers. */
    void sweep() {
        List<VncDisplay> orphans;
        synchronized (this) {
            orphans = displays.stream().filter(this::isOrphan).toList();
        }
        orphans.forEach(orphan -> {
            int number = orphan.place().number();
            LOG.log(System.Logger.Level.WARNING, "DROVER2020 display {0} was left over", number);
            orphan.close();
        });
        Range numbers = settings.displays();
        IntStream.rangeClosed(numbers.first(), numbers.last())
                .filter(number -> !isClaimed(number))
                .forEach(number -> {
                    sockets.removeIfDead(number, STALE);
                    sockets.deleteFolders(number, STALE);
                });
    }

    private boolean isOrphan(VncDisplay display) {
        return display.isOrphan(START.multipliedBy(10));
    }

    private synchronized boolean isClaimed(int number) {
        return taken.stream().anyMatch(place -> place.number() == number);
    }

    private synchronized Place claim() {
        int number = free(
                settings.displays(),
                next -> taken.stream().anyMatch(place -> place.number() == next) || sockets.isTaken(next),
                "X displays");
        int port = free(
                settings.ports(),
                next -> taken.stream().anyMatch(place -> place.port() == next) || !XSockets.isFree(next),
                "ports for VNC");
        Place place = new Place(number, port);
        taken.add(place);
        return place;
    }

    private static int free(Range range, IntPredicate isTaken, String name) {
        return IntStream.rangeClosed(range.first(), range.last())
                .filter(next -> !isTaken.test(next))
                .findFirst()
                .orElseThrow(() -> new TaskFailure(
                        ErrorCategory.ENGINE_UNAVAILABLE,
                        HeldBrowsers.DISPLAYS_TAKEN,
                        "All %s of this server (%s) are taken.".formatted(name, range)));
    }

    private synchronized void giveBack(Set<Place> places) {
        taken.removeAll(places);
    }

    private VncDisplay start(Place place, boolean withPassword) {
        Path folder = newFolder(place);
        List<Process> processes = new ArrayList<>();
        Path log = folder.resolve("log");
        try {
            Path cookie = folder.resolve("Xauthority");
            XAuthority.write(cookie);
            String password = withPassword ? newPassword() : null;
            if (tools.xvnc() != null) {
                processes.add(run(log, folder, xvnc(place, cookie, folder, password)));
            } else {
                processes.add(run(log, folder, xvfb(place, cookie)));
                await(() -> Files.exists(sockets.socket(place.number())), processes, log);
                processes.add(run(log, folder, x11vnc(place, cookie, folder, password)));
            }
            await(() -> greets(place.port()), processes, log);
            return new VncDisplay(place, processes, folder, cookie, password, this::ended);
        } catch (IOException | RuntimeException e) {
            discard(place, processes, folder);
            throw e instanceof TaskFailure failure ? failure : failed(String.valueOf(e.getMessage()));
        }
    }

    private Path newFolder(Place place) {
        try {
            return sockets.newFolder(place.number());
        } catch (IOException e) {
            throw failed("no folder for it can be made: " + e.getMessage());
        }
    }

    private void ended(VncDisplay display) {
        forget(display.place(), display.processes());
        synchronized (this) {
            displays.remove(display);
        }
        giveBack(Set.of(display.place()));
    }

    private void discard(Place place, List<Process> processes, Path folder) {
        VncDisplay.end(processes);
        BrowserFolders.delete(folder);
        forget(place, processes);
    }

    private void forget(Place place, List<Process> processes) {
        for (Process process : processes) {
            sockets.removeOf(place.number(), process.pid());
            ledger.forget(process.toHandle());
        }
    }

    private List<String> xvnc(Place place, Path cookie, Path folder, @Nullable String password) throws IOException {
        Resolution size = settings.resolution();
        List<String> security = password == null
                // Whoever breaks off a handshake would soon keep out all others: all come from the same address.
                ? List.of("-SecurityTypes", "None", "-UseBlacklist=0")
                : List.of(
                        "-SecurityTypes",
                        "VncAuth",
                        "-PasswordFile",
                        obfuscated(folder, password).toString());
        return Stream.of(
                        List.of(
                                String.valueOf(tools.xvnc()),
                                ":" + place.number(),
                                "-geometry",
                                size.width() + "x" + size.height(),
                                "-depth",
                                Integer.toString(size.depth()),
                                "-desktop",
                                "Drover",
                                "-rfbport",
                                Integer.toString(place.port()),
                                "-interface",
                                "127.0.0.1",
                                "-AlwaysShared",
                                "-AcceptSetDesktopSize=0"),
                        security,
                        xServer(cookie))
                .flatMap(List::stream)
                .toList();
    }

    private List<String> xvfb(Place place, Path cookie) {
        Resolution size = settings.resolution();
        return Stream.of(
                        List.of(
                                String.valueOf(tools.xvfb()),
                                ":" + place.number(),
                                "-screen",
                                "0",
                                size.width() + "x" + size.height() + "x" + size.depth()),
                        xServer(cookie))
                .flatMap(List::stream)
                .toList();
    }

    /** No client over TCP, none without the cookie, no screen saver. */
    private static List<String> xServer(Path cookie) {
        return List.of(
                "-auth",
                cookie.toString(),
                "-nolisten",
                "tcp",
                "-nolisten",
                "local",
                "-s",
                "0",
                "-terminate",
                SECONDS_WITHOUT_CLIENTS);
    }

    private List<String> x11vnc(Place place, Path cookie, Path folder, @Nullable String password) throws IOException {
        List<String> security = password == null
                ? List.of("-nopw")
                : List.of("-passwdfile", "rm:" + secret(folder.resolve("password"), password + "\n"));
        return Stream.of(
                        List.of(
                                String.valueOf(tools.x11vnc()),
                                "-display",
                                ":" + place.number(),
                                "-auth",
                                cookie.toString(),
                                "-rfbport",
                                Integer.toString(place.port()),
                                "-localhost",
                                "-no6",
                                "-noipv6",
                                "-forever",
                                "-shared",
                                "-norc",
                                "-quiet"),
                        security)
                .flatMap(List::stream)
                .toList();
    }

    /** The password in the form that Xvnc reads, which its own program makes. */
    private Path obfuscated(Path folder, String password) throws IOException {
        Path file = folder.resolve("password");
        Process program = new ProcessBuilder(String.valueOf(tools.vncpasswd()), "-f")
                .redirectOutput(secret(file, "").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var input = program.getOutputStream()) {
            input.write((password + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        try {
            if (!program.waitFor(START.toMillis(), TimeUnit.MILLISECONDS) || program.exitValue() != 0) {
                program.destroyForcibly();
                throw failed("vncpasswd failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            program.destroyForcibly();
            throw failed("interrupted");
        }
        return file;
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private Process run(Path log, Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            process.getOutputStream().close();
            ledger.record(process.toHandle());
            return process;
        } catch (IOException | UncheckedIOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition ready, List<Process> processes, Path log) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready.holds()) {
            if (System.nanoTime() > deadline) {
                throw failed("no answer in " + START.toSeconds() + " s");
            }
            try {
                processes.getFirst().waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed("interrupted");
            }
            if (!processes.stream().allMatch(Process::isAlive)) {
                throw failed(lastLine(log));
            }
        }
    }

    /** A server that greets has its display ready. */
    private static boolean greets(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) START.toMillis());
            socket.setSoTimeout((int) START.toMillis());
            byte[] greeting = socket.getInputStream().readNBytes(GREETING.length());
            return new String(greeting, StandardCharsets.US_ASCII).equals(GREETING);
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLine(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("it ended at once", (earlier, last) -> last.strip());
        } catch (IOException e) {
            return "it ended at once";
        }
    }

    private static String newPassword() {
        return RANDOM.ints(PASSWORD_LENGTH, 0, PASSWORD_LETTERS.length())
                .map(PASSWORD_LETTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static TaskFailure failed(String reason) {
        return new TaskFailure(ErrorCategory.CRASH, "display_failed", "No display could be started: " + reason);
    }
}
