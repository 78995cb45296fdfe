// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL on the loopback address with a port and a folder of its own, empty at the start and gone at the end. It
 * forgets durability, since nothing here outlives a test. As root, which PostgreSQL refuses to be, it runs as
 * {@code postgres} or {@code nobody}.
 */
public final class PrivatePostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String USER = "drover";

    private final AccountOfServer account;
    private final Path programs;
    private final Path folder;
    private final int port;
    private final Thread atExit = new Thread(this::end, "postgres-end");
    private volatile Process server;

    private PrivatePostgres(AccountOfServer account, Path programs, Path folder, int port) throws IOException {
        this.account = account;
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.server = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The folder of PostgreSQL's programs: {@code DROVER_POSTGRES_BIN}, or the newest that Debian's packages brought. */
    public static Optional<Path> programs() {
        String named = System.getenv("DROVER_POSTGRES_BIN");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(debian)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one and returns when it takes connections.
     *
     * @throws IllegalStateException when the programs are not on this machine or do not work
     */
    public static PrivatePostgres start() {
        Path programs = programs()
                .orElseThrow(() -> new IllegalStateException(
                        "PostgreSQL's programs are not here: apt-get install postgresql, or set DROVER_POSTGRES_BIN"));
        try {
            AccountOfServer account = AccountOfServer.find();
            Path folder = newFolder(account);
            account.own(folder);
            run(
                    account.command(
                            programs.resolve("initdb"),
                            "--pgdata=" + folder.resolve("data"),
                            "--username=" + USER,
                            "--auth=trust",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--no-sync"),
                    folder);
            PrivatePostgres postgres = new PrivatePostgres(account, programs, folder, freePort());
            postgres.awaitConnections();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException("a private PostgreSQL could not be started", e);
        }
    }

    /** Below the module's target folder, which a clean build removes; elsewhere only when the account cannot get there. */
    private static Path newFolder(AccountOfServer account) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return Files.isDirectory(target) && account.reaches(target)
                ? Files.createTempDirectory(target, "postgres-")
                : Files.createTempDirectory("drover-postgres-");
    }

    /** For a driver that is given a URL alone. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
    }

    /** Ends it as a crash does, by {@code kill -9}; its data stay. */
    public void kill() {
        server.destroyForcibly().onExit().join();
    }

    /** Starts it on the data that it had, and returns when it takes connections. */
    public void startAgain() {
        try {
            Instant end = Instant.now().plus(PATIENCE);
            do {
                // It ends at once while processes of its former self are still there.
                if (!server.isAlive()) {
                    server = launch();
                }
            } while (!takesConnections() && Instant.now().isBefore(end));
            awaitConnections();
        } catch (IOException e) {
            throw new UncheckedIOException("a private PostgreSQL could not be started again", e);
        }
    }

    /** Runs a statement with PostgreSQL's own client, which ends when that has an answer. */
    public Process run(String sql) {
        try {
            return new ProcessBuilder(
                            programs.resolve("psql").toString(),
                            "-X",
                            "-q",
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-U",
                            USER,
                            "-d",
                            "postgres",
                            "-c",
                            sql)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("psql.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private Process launch() throws IOException {
        List<String> command = account.command(
                programs.resolve("postgres"),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "fsync=off");
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("server.log").toFile()))
                .start();
    }

    private void awaitConnections() throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        boolean taken = takesConnections();
        while (!taken && server.isAlive() && Instant.now().isBefore(end)) {
            taken = takesConnections();
        }
        if (!taken) {
            String log = Files.readString(folder.resolve("server.log"));
            close();
            throw new IllegalStateException("PostgreSQL takes no connections: " + log);
        }
    }

    /** Waits until it does or has ended, or for a second. */
    private boolean takesConnections() throws IOException {
        List<String> question = List.of(
                programs.resolve("pg_isready").toString(), "-q", "-h", "127.0.0.1", "-p", Integer.toString(port));
        Instant end = Instant.now().plusSeconds(1);
        while (server.isAlive() && Instant.now().isBefore(end)) {
            if (code(new ProcessBuilder(question).start()) == 0) {
                return true;
            }
        }
        return false;
    }

    /** SIGINT tells PostgreSQL to end now, whoever is still connected. */
    private void end() {
        try {
            if (server.isAlive()) {
                code(new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start());
                if (!server.waitFor(20, TimeUnit.SECONDS)) {
                    server.destroyForcibly().waitFor();
                }
            }
            deleteTree(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be deleted", e);
        }
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Path log = folder.resolve("initdb.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (code(process) != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    private static int code(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a program", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = new ArrayList<>(all.toList()).reversed();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
