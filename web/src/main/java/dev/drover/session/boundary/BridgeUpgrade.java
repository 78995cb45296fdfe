// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes over a connection whose handshake the gate has answered. The container's own WebSockets keep a whole frame in direct
 * memory before they give anything of it away, and clients send frames of a hundred megabytes.
 */
public class BridgeUpgrade implements HttpUpgradeHandler {

    private static final Logger LOG = Logger.getLogger(BridgeUpgrade.class.getName());
    private static final int BUFFER = 1 << 16;

    private @Nullable Opening opening;
    private @Nullable Passage passage;

    /** Makes the passage once the connection is there. */
    interface Opening {
        Passage open(OutputStream client, Closeable connection);
    }

    /** For the container, which makes it; the gate then says what it is for. */
    public BridgeUpgrade() {}

    void prepare(Opening by) {
        opening = by;
    }

    @Override
    public void init(WebConnection connection) {
        Opening by = opening;
        if (by == null) {
            return;
        }
        try {
            Passage open = by.open(connection.getOutputStream(), () -> close(connection));
            passage = open;
            ServletInputStream input = connection.getInputStream();
            input.setReadListener(new Reading(input, open));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        Passage open = passage;
        if (open != null) {
            open.clientGone();
        }
    }

    private static void close(WebConnection connection) throws IOException {
        try {
            connection.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Reads what is there, and no more until it has been passed on. */
    private static final class Reading implements ReadListener {

        private final ServletInputStream input;
        private final Passage passage;
        private final byte[] buffer = new byte[BUFFER];

        Reading(ServletInputStream input, Passage passage) {
            this.input = input;
            this.passage = passage;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (input.isReady()) {
                int read = input.read(buffer);
                if (read < 0) {
                    passage.clientGone();
                    return;
                }
                passage.take(buffer, 0, read);
            }
        }

        @Override
        public void onAllDataRead() {
            passage.clientGone();
        }

        @Override
        public void onError(Throwable thrown) {
            LOG.log(Level.FINE, "the connection of a client broke", thrown);
            passage.clientGone();
        }
    }
}
