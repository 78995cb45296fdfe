// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A server that {@code ./drover up} started, with ports and a data folder of its own. */
final class DroverServer implements AutoCloseable {

    /**
     * What distinguishes one server from another.
     *
     * @param settings environment variables beside those that every server of a benchmark has
     */
    record Setup(String name, Map<String, String> settings) {
        Setup {
            settings = Map.copyOf(settings);
        }

        static Setup workers(int count) {
            return new Setup("workers-" + count, Map.of("DROVER_BROWSER_WORKERS", Integer.toString(count)));
        }
    }

    private final Machine machine;
    private final Setup setup;
    private final Path data;
    private final int port = freePort();
    private final int tlsPort = freePort();
    private final String token = UUID.randomUUID().toString();

    DroverServer(Machine machine, Setup setup, Path data) throws IOException {
        this.machine = machine;
        this.setup = setup;
        this.data = data;
        Files.createDirectories(data);
    }

    Setup setup() {
        return setup;
    }

    int port() {
        return port;
    }

    String token() {
        return token;
    }

    /** Returns once the application answers. */
    void up() throws IOException, InterruptedException {
        drover("up", 1_200); // It gives up by itself after DROVER_START_SECONDS.
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readString(data.resolve("node/server.pid")).split(" ", -1)[0]);
    }

    long javaPid() throws IOException {
        return processes().pidOf("java");
    }

    ProcessTree processes() throws IOException {
        return ProcessTree.of(pid());
    }

    HttpConnection connect() throws IOException {
        return new HttpConnection(port);
    }

    EventSocket listen(String path) throws IOException {
        return new EventSocket(port, path, token);
    }

    /** The bytes of a request that submits this job, to be sent as often as wanted. */
    byte[] submission(String job) {
        return HttpConnection.request("POST", "/api/v1/jobs", token, job);
    }

    byte[] get(String path) {
        return HttpConnection.request("GET", path, token, null);
    }

    Path log() {
        return data.resolve("logs/messages.log");
    }

    @Override
    public void close() {
        try {
            drover("down", 120);
        } catch (IOException e) {
            System.err.println("The server in " + data + " may still run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drover(String command, int seconds) throws IOException, InterruptedException {
        Path output = data.resolve(command + ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(machine.home().resolve("drover").toString(), command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        List.of("DB_URL", "DATABASE_URL", "DB_USER", "DB_PASSWORD", "BROKER_URL", "BROKER_LISTEN")
                .forEach(environment::remove);
        environment.put("DATA_ROOT", data.toString());
        environment.put("LOG_ROOT", data.resolve("logs").toString());
        environment.put("DROVER_HTTP_PORT", Integer.toString(port));
        environment.put("DROVER_HTTPS_PORT", Integer.toString(tlsPort));
        environment.put("API_SECRET_TOKEN", token);
        environment.put("DROVER_EGRESS_ALLOW", "127.0.0.0/8");
        environment.put(
                "DROVER_TASKS_DIR", machine.home().resolve("qa/tasks/target").toString());
        environment.putAll(setup.settings());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException("./drover " + command + " took longer than " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("./drover " + command + " failed: "
                    + Files.readString(output).strip());
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("there is no free port", e);
        }
    }
}
