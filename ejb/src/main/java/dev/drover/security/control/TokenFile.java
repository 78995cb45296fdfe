// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;

/** A secret that the server made for itself, in a file that only its own user can read. */
public final class TokenFile {

    private static final int BYTES = 32;

    private final Path file;

    /** @param token from the file, whether it was there or is new */
    public record Content(String token, boolean created) {}

    public TokenFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** One of 256 random bits where there is none yet. */
    Content readOrCreate() {
        return readOrCreate(TokenFile::randomToken);
    }

    /** @param maker of the secret where there is none yet */
    public Content readOrCreate(Supplier<String> maker) {
        try {
            if (Files.exists(file)) {
                return new Content(Files.readString(file).strip(), false);
            }
            String token = maker.get();
            write(token);
            return new Content(token, true);
        } catch (IOException e) {
            throw new UncheckedIOException("The token in " + file + " cannot be read or written", e);
        }
    }

    /** Written beside and moved into place, so that a crash leaves no half of a token. */
    private void write(String token) throws IOException {
        Path folder = requireNonNull(file.getParent(), "a token file lies in a folder");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode("rwx------"));
        }
        Path unfinished = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode("rw-------"))) {
            channel.write(StandardCharsets.US_ASCII.encode(token + "\n"));
            channel.force(true);
        }
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            Files.move(unfinished, file);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static String randomToken() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
