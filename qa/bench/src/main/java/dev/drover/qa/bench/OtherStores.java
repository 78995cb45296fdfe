// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A private PostgreSQL from Debian's packages and an Artemis in a process of its own, for a server that uses both. */
final class OtherStores implements AutoCloseable {

    private final Process postgres;
    private final Path folder;
    private final ChildJvm broker;
    private final DroverServer.Setup setup;

    private OtherStores(Process postgres, Path folder, ChildJvm broker, DroverServer.Setup setup) {
        this.postgres = postgres;
        this.folder = folder;
        this.broker = broker;
        this.setup = setup;
    }

    DroverServer.Setup setup() {
        return setup;
    }

    static OtherStores start(Machine machine, Path place) throws IOException, InterruptedException {
        Path bin = programs();
        // PostgreSQL does not run as root, and its own user may not enter everyone's home.
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "drover-bench-postgres-");
        int port = DroverServer.freePort();
        int brokerPort = DroverServer.freePort();
        if (Machine.isRoot()) {
            Commands.output(List.of("chown", "postgres:", folder.toString()));
        }
        String data = folder.resolve("data").toString();
        String made = Commands.output(asPostgres(bin.resolve("initdb"), "-D", data, "-U", "drover", "-A", "trust"));
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            throw new IOException("initdb failed: " + made);
        }
        Process postgres = new ProcessBuilder(asPostgres(
                        bin.resolve("postgres"),
                        "-D",
                        data,
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1"))
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("postgres.log").toFile())
                .start();
        try {
            createDatabase(bin, port, postgres);
            ChildJvm broker = new ChildJvm(
                    machine,
                    List.of("-XX:+UseSerialGC", "-Xmx256m"),
                    Map.of(),
                    StandaloneBroker.class,
                    place.resolve("external-broker").toString(),
                    Integer.toString(brokerPort));
            broker.answer();
            return new OtherStores(postgres, folder, broker, setup(port, brokerPort));
        } catch (IOException | InterruptedException e) {
            Commands.end(postgres);
            Stage.delete(folder);
            throw e;
        }
    }

    private static DroverServer.Setup setup(int port, int brokerPort) {
        return new DroverServer.Setup(
                "postgresql",
                Map.of(
                        "DROVER_BROWSER_WORKERS",
                        "1",
                        "DB_URL",
                        "jdbc:postgresql://127.0.0.1:" + port + "/drover",
                        "DB_USER",
                        "drover",
                        "BROKER_URL",
                        "tcp://127.0.0.1:" + brokerPort));
    }

    private static void createDatabase(Path bin, int port, Process postgres) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String said = "";
        while (System.nanoTime() < end && postgres.isAlive()) {
            said = Commands.output(List.of(
                    bin.resolve("createdb").toString(),
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-U",
                    "drover",
                    "drover"));
            if (said.isBlank() || said.contains("already exists")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("PostgreSQL did not start: " + said);
    }

    private static List<String> asPostgres(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (Machine.isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--reset-env"));
        }
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path programs() throws IOException {
        String chosen = System.getenv("DROVER_POSTGRES_BIN");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen);
        }
        Path all = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(all)) {
            try (Stream<Path> versions = Files.list(all)) {
                List<Path> found = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found.getLast();
                }
            }
        }
        throw new Machine.Unusable("there is no PostgreSQL below /usr/lib/postgresql: apt-get install postgresql");
    }

    @Override
    public void close() {
        broker.close();
        try {
            // Its fast way to stop; the usual signal waits for clients to leave.
            Commands.output(List.of("kill", "-INT", Long.toString(postgres.pid())));
            if (!postgres.waitFor(20, TimeUnit.SECONDS)) {
                Commands.end(postgres);
            }
        } catch (IOException e) {
            Commands.end(postgres);
        } catch (InterruptedException e) {
            Commands.end(postgres);
            Thread.currentThread().interrupt();
        }
        Stage.delete(folder);
    }
}
