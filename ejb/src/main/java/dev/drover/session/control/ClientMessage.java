// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client that comes piece by piece. One that is large goes through a file: it has to be looked through before
 * the browser may have it, and a hundred megabytes of heap are more than a server has to give to one client. Of one thread
 * at a time.
 */
public final class ClientMessage {

    private static final int IN_MEMORY = 1 << 20;

    private final Path folder;
    private final long longest;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream writer;
    private long length;

    /**
     * @param folder for messages that are large
     * @param longest in bytes
     */
    public ClientMessage(Path folder, long longest) {
        this.folder = folder;
        this.longest = longest;
    }

    /** In bytes, so far. */
    public long length() {
        return length;
    }

    /**
     * The next piece.
     *
     * @return false when the message is too large
     */
    public boolean add(byte[] bytes, int offset, int count) throws IOException {
        length += count;
        if (length > longest) {
            return false;
        }
        if (writer == null && length <= IN_MEMORY) {
            memory.write(bytes, offset, count);
        } else {
            spooled().write(bytes, offset, count);
        }
        return true;
    }

    private OutputStream spooled() throws IOException {
        OutputStream open = writer;
        if (open == null) {
            Path made = Files.createTempFile(folder, "message-", null);
            file = made;
            open = Files.newOutputStream(made);
            writer = open;
            memory.writeTo(open);
            memory = new ByteArrayOutputStream();
        }
        return open;
    }

    /** The message in UTF-8; what is none fails when it is read. */
    Reader reader() throws IOException {
        return new InputStreamReader(input(), StandardCharsets.UTF_8.newDecoder());
    }

    private InputStream input() throws IOException {
        return file == null ? new ByteArrayInputStream(memory.toByteArray()) : Files.newInputStream(file);
    }

    /** All of it, for messages that are changed. */
    String text() throws IOException {
        if (file == null) {
            return memory.toString(StandardCharsets.UTF_8);
        }
        throw new IOException("too large to be changed");
    }

    /** Gives it away. */
    public void writeTo(OutputStream target) throws IOException {
        if (file == null) {
            memory.writeTo(target);
        } else {
            Files.copy(file, target);
        }
    }

    /** Makes room for the next message. */
    public void clear() throws IOException {
        memory.reset();
        length = 0;
        if (writer != null) {
            writer.close();
            writer = null;
        }
        if (file != null) {
            Files.deleteIfExists(file);
            file = null;
        }
    }
}
