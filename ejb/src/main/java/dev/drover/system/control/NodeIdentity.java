// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Which node of the cluster this server is. The name stays the same over restarts, so that a node finds the jobs that it
 * had running; a lock on the data folder keeps two servers from sharing it.
 */
@ApplicationScoped
public class NodeIdentity {

    private static final Set<String> ANYWHERE = Set.of("*", "0.0.0.0", "::");

    private final Instant startedAt = Instant.now();
    private NodeSettings settings;
    private String origin;
    private String name;
    private String version;
    private @Nullable FileLock lock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected NodeIdentity() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the rest is set when the bean starts
    public NodeIdentity(Config config) {
        this.settings = NodeSettings.from(config);
        this.origin = "http://" + listensAt(config) + ":" + httpPort(config);
        this.name = settings.name().orElseGet(() -> hostName() + ":" + httpPort(config));
        this.version = buildVersion();
    }

    @PostConstruct
    void lockDataRoot() {
        Path folder = settings.dataRoot().resolve("node");
        try {
            Files.createDirectories(folder);
            // Never closed: the lock is held until the process ends, however it ends.
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            throw new UncheckedIOException("DATA_ROOT " + settings.dataRoot() + " cannot be written", e);
        }
        if (lock == null) {
            throw new IllegalStateException(
                    "Another server uses DATA_ROOT " + settings.dataRoot() + ": stop it or choose another folder.");
        }
    }

    /** Unique in the cluster, the same over restarts. */
    public String name() {
        return name;
    }

    /** Where other nodes reach this one: where it listens, or by the machine's name where it listens everywhere. */
    public String origin() {
        return origin;
    }

    public Path dataRoot() {
        return settings.dataRoot();
    }

    public Instant startedAt() {
        return startedAt;
    }

    public String version() {
        return version;
    }

    public Set<String> roles() {
        return settings.roles();
    }

    public boolean isWorker() {
        return settings.roles().contains(NodeSettings.WORKER);
    }

    /** Whether the broker is one that other nodes may share. */
    public boolean hasExternalBroker() {
        return settings.externalBroker();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String listensAt(Config config) {
        String host = config.getOptionalValue("DROVER_HTTP_HOST", String.class).orElse("127.0.0.1");
        return ANYWHERE.contains(host) ? hostName() : host.contains(":") ? "[" + host + "]" : host;
    }

    private static String httpPort(Config config) {
        return config.getOptionalValue("DROVER_HTTP_PORT", String.class).orElse("9080");
    }

    private static String buildVersion() {
        try (InputStream in = NodeIdentity.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
