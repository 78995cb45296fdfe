// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A display with its processes, its port and its folder, which end together. */
final class VncDisplay {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Place place;
    private final List<Process> processes;
    private final Path folder;
    private final Path cookie;
    private final @Nullable String password;
    private final Consumer<VncDisplay> ended;
    private final Instant since = Instant.now();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable ProcessHandle browser;

    /**
     * What a display takes of the machine.
     *
     * @param number of the X display
     * @param port on loopback, where RFB is spoken
     */
    record Place(int number, int port) {}

    /**
     * @param processes the X server first
     * @param folder ends with it
     * @param password null where none is asked for
     * @param ended is told when nothing of it is left but its place
     */
    VncDisplay(
            Place place,
            List<Process> processes,
            Path folder,
            Path cookie,
            @Nullable String password,
            Consumer<VncDisplay> ended) {
        this.place = requireNonNull(place, "place");
        this.processes = List.copyOf(processes);
        this.folder = requireNonNull(folder, "folder");
        this.cookie = requireNonNull(cookie, "cookie");
        this.password = password;
        this.ended = requireNonNull(ended, "ended");
    }

    Place place() {
        return place;
    }

    List<Process> processes() {
        return processes;
    }

    /** As RFC 7869 has it. */
    URI address() {
        return URI.create("vnc://127.0.0.1:" + place.port());
    }

    @Nullable
    String password() {
        return password;
    }

    /** What a program needs to show windows on it. */
    Map<String, String> environment() {
        return Map.of("DISPLAY", ":" + place.number(), "XAUTHORITY", cookie.toString(), "TMPDIR", folder.toString());
    }

    /** The browser that it is for. */
    void belongsTo(ProcessHandle owner) {
        browser = owner;
    }

    boolean isAlive() {
        return !closed.get() && processes.stream().allMatch(Process::isAlive);
    }

    /**
     * Whether nobody will end it.
     *
     * @param launch how long a browser may take to start, and its owner to notice that it has ended
     */
    boolean isOrphan(Duration launch) {
        ProcessHandle owner = browser;
        return since.plus(launch).isBefore(Instant.now()) && (owner == null || !owner.isAlive());
    }

    /** Ends it by force: all that it holds is removed by Drover itself. */
    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        end(processes);
        BrowserFolders.delete(folder);
        ended.accept(this);
    }

    /** The last first: whoever loses its X server says so at length. */
    static void end(List<Process> processes) {
        processes.reversed().forEach(Process::destroyForcibly);
        for (Process process : processes) {
            try {
                process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
