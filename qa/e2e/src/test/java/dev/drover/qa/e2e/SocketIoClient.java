// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The official client of Socket.IO, in a process of its own. */
final class SocketIoClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Writer input;
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    private SocketIoClient(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** @param options of {@code io()}; may do without double quotes */
    static SocketIoClient start(URI server, String options) {
        return start(server, options, Map.of());
    }

    /** @param environment more variables of its process */
    static SocketIoClient start(URI server, String options, Map<String, String> environment) {
        try {
            Path installed = NodePackages.install("socketio");
            ProcessBuilder builder = new ProcessBuilder("node", "client.mjs", server.toString(), Json.strict(options))
                    .directory(installed.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            return new SocketIoClient(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(Json::read).forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            // It has ended.
        }
    }

    /** Has it emit something. */
    void tell(String json) {
        try {
            input.write(Json.read(json) + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said of an event. */
    List<JsonNode> heard(String event) {
        return said.stream()
                .filter(line -> line.path("what").asText().equals(event))
                .map(line -> line.path("data"))
                .toList();
    }

    /** The first thing that it says of an event. */
    JsonNode first(String event) {
        return await().alias(event)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> heard(event), list -> !list.isEmpty())
                .getFirst();
    }

    /** Stops it for a while: it reads nothing. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
