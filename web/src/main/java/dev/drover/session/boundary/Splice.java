// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Joins a client with another node, byte for byte: what passes is for that node to understand. */
final class Splice implements Passage {

    private static final Logger LOG = Logger.getLogger(Splice.class.getName());
    private static final int BUFFER = 1 << 16;

    private final OutputStream client;
    private final Closeable clientConnection;
    private final BrowserLine node;
    private final AtomicBoolean closed = new AtomicBoolean();

    Splice(OutputStream client, Closeable clientConnection, BrowserLine node) {
        this.client = client;
        this.clientConnection = clientConnection;
        this.node = node;
    }

    @Override
    public void take(byte[] bytes, int offset, int count) {
        try {
            node.output().write(bytes, offset, count);
        } catch (IOException e) {
            LOG.log(Level.FINE, "what a client said did not reach its node", e);
            close();
        }
    }

    @Override
    public void listen() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = node.input().read(buffer);
                    read >= 0;
                    read = node.input().read(buffer)) {
                client.write(buffer, 0, read);
                client.flush();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "what a node said did not reach its client", e);
        } finally {
            close();
        }
    }

    @Override
    public void clientGone() {
        close();
    }

    private void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        node.close();
        try {
            clientConnection.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "the connection of a client was closed already", e);
        }
    }
}
