// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.job.entity.Artifact;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The contents of artifacts, in {@code DATA_ROOT/artifacts}: a folder per job, a folder per attempt in it, so that a
 * stale attempt cannot overwrite what a later one kept. Several nodes share the artifacts when they share the folder.
 */
@ApplicationScoped
public class ArtifactStorage {

    /** What lies in the storage now. */
    record Stored(String key, long size, String sha256) {}

    private Path root;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected ArtifactStorage() {}

    @Inject
    public ArtifactStorage(NodeIdentity node) {
        this(node.dataRoot().resolve("artifacts"));
    }

    ArtifactStorage(Path root) {
        this.root = root;
    }

    /** Keeps a copy of the content. */
    Stored keep(UUID jobId, int attempt, String name, byte[] content) throws IOException {
        Path file = target(jobId, attempt, name);
        Files.write(file, content);
        return new Stored(
                root.relativize(file).toString(),
                content.length,
                hex(Sha256.digest().digest(content)));
    }

    /** Takes the file over. */
    Stored take(UUID jobId, int attempt, String name, Path source) throws IOException {
        Path file = target(jobId, attempt, name);
        Files.move(source, file, StandardCopyOption.REPLACE_EXISTING);
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Stored(root.relativize(file).toString(), Files.size(file), hex(digest.digest()));
    }

    /**
     * Reads an artifact from the given byte on.
     *
     * @throws NoSuchFileException when the content is gone
     */
    public InputStream open(Artifact artifact, long offset) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(root.resolve(artifact.storageKey()));
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    /** Removes everything that a job kept; nothing is there to remove for most jobs. */
    void remove(UUID jobId) {
        Path folder = folder(jobId);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("artifacts of job " + jobId + " could not be removed", e);
        }
    }

    private Path target(UUID jobId, int attempt, String name) throws IOException {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,119}")) {
            throw new IllegalArgumentException("not a name for an artifact: " + name);
        }
        Path folder = folder(jobId).resolve(Integer.toString(attempt));
        Files.createDirectories(folder);
        return folder.resolve(name);
    }

    /** Ids begin with the time, so their ends spread the jobs over 256 folders. */
    private Path folder(UUID jobId) {
        String id = jobId.toString();
        return root.resolve(id.substring(id.length() - 2)).resolve(id);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
