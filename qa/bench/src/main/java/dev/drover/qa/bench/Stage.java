// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import dev.drover.qa.sites.SampleSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rows share: the sample sites, one server at a time, and one program to compare it with. */
final class Stage implements AutoCloseable {

    private final Machine machine;
    private final Options options;
    private final Path folder;
    private final SampleSites sites = SampleSites.start(0);

    private @Nullable DroverServer server;
    private @Nullable RawBrowsers raw;
    private @Nullable OtherStores otherStores;
    private boolean keepsFolder;

    Stage(Machine machine, Options options) throws IOException {
        this.machine = machine;
        this.options = options;
        Path parent = machine.home().resolve(".drover/bench");
        Files.createDirectories(parent);
        this.folder = Files.createTempDirectory(parent, "run-");
    }

    Machine machine() {
        return machine;
    }

    Options options() {
        return options;
    }

    Path folder() {
        return folder;
    }

    /** The address that browsers visit: 50 KB of HTML, a stylesheet, a picture. */
    String page() {
        return sites.url("/bench");
    }

    /** An address on the sample sites. */
    String site(String path) {
        return sites.url(path);
    }

    String screenshotJob() {
        return "{\"task\":\"screenshot\",\"params\":{\"url\":\"" + page() + "\"}}";
    }

    /** A running server of that setup: the one that runs, or a new one in an empty data folder. */
    synchronized DroverServer server(DroverServer.Setup setup) throws IOException, InterruptedException {
        DroverServer running = server;
        if (running != null && running.setup().equals(setup)) {
            return running;
        }
        stopServer();
        say("starting a server: " + setup.name());
        DroverServer started = new DroverServer(machine, setup, Files.createTempDirectory(folder, setup.name() + "-"));
        server = started;
        started.up();
        return started;
    }

    synchronized void stopServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    synchronized RawBrowsers raw(int threads) throws IOException {
        RawBrowsers running = raw;
        if (running != null && running.threads() == threads) {
            return running;
        }
        stopRaw();
        RawBrowsers started = new RawBrowsers(machine, threads, page());
        raw = started;
        return started;
    }

    synchronized void stopRaw() {
        if (raw != null) {
            raw.close();
            raw = null;
        }
    }

    /** PostgreSQL and a broker of their own processes, started when first asked for. */
    synchronized OtherStores otherStores() throws IOException, InterruptedException {
        OtherStores running = otherStores;
        if (running == null) {
            running = OtherStores.start(machine, folder);
            otherStores = running;
        }
        return running;
    }

    static void say(String words) {
        System.out.println("    " + words);
    }

    /** Data and logs stay for whoever looks into what went wrong. */
    synchronized void keepFolder() {
        if (!keepsFolder) {
            keepsFolder = true;
            say("data and logs stay in " + folder);
        }
    }

    /** Ends all that runs; data and logs go, unless they are to be kept. */
    @Override
    public synchronized void close() {
        stopServer();
        stopRaw();
        if (otherStores != null) {
            otherStores.close();
            otherStores = null;
        }
        sites.close();
        if (!keepsFolder) {
            delete(folder);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(folder + " could not be removed: " + e.getMessage());
        }
    }
}
