// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A server of this checkout, started and stopped by {@code ./drover}, with ports and a data folder of its own. */
final class DroverServer implements AutoCloseable {

    static final String TOKEN = "end-to-end-4d1f0c6b";

    private static final Path CHECKOUT = Path.of("../..").toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 900;

    /** What says where things are on this machine; every other setting of the caller's would change what is tested. */
    private static final List<String> KEPT_SETTINGS = List.of(
            "DROVER_BROWSER_NODE_EXECUTABLE",
            "DROVER_BROWSER_CHROMIUM_EXECUTABLE",
            "DROVER_BROWSER_CHROMIUM_HEADLESS_EXECUTABLE");

    private static final List<String> PREFIXES = List.of(
            "DROVER_",
            "DB_",
            "DATABASE_",
            "BROKER_",
            "DATA_ROOT",
            "LOG_ROOT",
            "API_SECRET",
            "JVM_ARGS",
            "MAX_BROWSER",
            "RUNNER_",
            "WORKER_",
            "WEBHOOK_");

    private final Path folder;
    private final int httpPort;
    private final int httpsPort;
    private final Map<String, String> settings = new HashMap<>();
    private final Thread atExit = new Thread(() -> drover("down"), "drover-down");

    private DroverServer(Path folder, Map<String, String> settings) {
        int[] ports = freePorts();
        this.folder = folder;
        this.httpPort = ports[0];
        this.httpsPort = ports[1];
        this.settings.putAll(settings);
    }

    /** Starts a server on an empty data folder, with one browser and all of the loopback network open to its jobs. */
    static DroverServer start(String name, Map<String, String> settings) {
        return start(name, settings, dataRoot -> {});
    }

    /** @param prepared is given the data folder before the server is started */
    static DroverServer start(String name, Map<String, String> settings, Consumer<Path> prepared) {
        Map<String, String> all = new HashMap<>(Map.of(
                "API_SECRET_TOKEN",
                TOKEN,
                "DROVER_BROWSER_WORKERS",
                "1",
                "DROVER_EGRESS_ALLOW",
                "127.0.0.0/8",
                "DROVER_METRICS_AUTHENTICATION",
                "false",
                "DROVER_SESSIONS_PREWARM_VNC",
                "0",
                "DROVER_TASKS_DIR",
                CHECKOUT.resolve("qa/tasks/target").toString(),
                // All sample sites are one site, which fails in many tests: it is not to be left alone for that.
                "DROVER_SITES_RULES",
                "127.0.0.1 failures=100 calls=1000 window=1000 rate=0 concurrency=0"));
        all.putAll(settings);
        return startWith(name, all, prepared);
    }

    /** Starts a server on an empty data folder, with nothing set but its ports and folders. */
    static DroverServer startAsItComes(String name) {
        return startWith(name, Map.of(), dataRoot -> {});
    }

    private static DroverServer startWith(String name, Map<String, String> settings, Consumer<Path> prepared) {
        Path folder = Path.of("target/servers", name).toAbsolutePath();
        DroverServer server = new DroverServer(folder, settings);
        if (Files.exists(folder)) {
            // A run that was cut off may have left its server.
            server.down();
            deleteTree(folder);
        }
        Runtime.getRuntime().addShutdownHook(server.atExit);
        prepared.accept(server.dataRoot());
        server.up();
        return server;
    }

    void up() {
        drover("up");
    }

    /** What a setting is; empty where it has none. */
    String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    /** Starts it, from now on with other values of some settings. */
    void upWith(Map<String, String> changed) {
        settings.putAll(changed);
        up();
    }

    /**
     * {@code kill -9} of the Java process, and of the script that may stand before it. Its browsers have to see for
     * themselves.
     */
    void kill() {
        ProcessHandle first = process();
        List<ProcessHandle> processes = Stream.concat(Stream.of(first), first.children())
                .filter(process -> process.info().command().orElse("").matches(".*/(java|sh|bash|dash)"))
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    /** Stops or goes on with the server itself; its browsers and their driver are not touched. */
    void signal(String name) {
        send(name, process().pid());
    }

    private static void send(String signal, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("no process " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a signal was sent", e);
        }
    }

    void down() {
        drover("down");
    }

    @Override
    public void close() {
        down();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** With the token of the settings, or the one that the server made. */
    Api api() {
        return new Api(
                URI.create("http://127.0.0.1:" + httpPort), settings.getOrDefault("API_SECRET_TOKEN", madeToken()));
    }

    private String madeToken() {
        return Files.exists(tokenFile()) ? read(tokenFile()).strip() : "";
    }

    /** Where the server keeps the token that it made. */
    Path tokenFile() {
        return dataRoot().resolve("secrets/api-token");
    }

    /** The password of the administrator of Liberty. */
    String adminPassword() {
        return read(dataRoot().resolve("secrets/server/admin.password")).strip();
    }

    URI https(String path) {
        return URI.create("https://127.0.0.1:" + httpsPort + path);
    }

    Path dataRoot() {
        return folder.resolve("data");
    }

    Path log() {
        return dataRoot().resolve("logs/messages.log");
    }

    /** Of the server itself, not of its browsers. */
    ProcessHandle process() {
        String[] pidAndBirth = read(dataRoot().resolve("node/server.pid")).split(" ", 2);
        return ProcessHandle.of(Long.parseLong(pidAndBirth[0]))
                .orElseThrow(() -> new IllegalStateException("the server does not run"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drover(String command) {
        try {
            Path output = Files.createDirectories(folder).resolve(command + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            CHECKOUT.resolve("drover").toString(), command)
                    .directory(CHECKOUT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            environment(builder.environment());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("./drover " + command + " failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during ./drover " + command, e);
        }
    }

    private void environment(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> PREFIXES.stream().anyMatch(name::startsWith) && !KEPT_SETTINGS.contains(name));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("DROVER_SKIP_BUILD", "1");
        environment.put("DROVER_START_SECONDS", Integer.toString(PATIENCE_SECONDS - 10));
        environment.put("DATA_ROOT", dataRoot().toString());
        environment.put("DROVER_HTTP_PORT", Integer.toString(httpPort));
        environment.put("DROVER_HTTPS_PORT", Integer.toString(httpsPort));
        environment.putAll(settings);
    }

    private static int[] freePorts() {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
