// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;

/** A connection to something of a session, on loopback, that a client is joined with. */
interface Line extends Closeable {

    /**
     * @param key of the client's handshake
     * @throws IOException when the other side does not take the connection
     */
    static Line open(URI endpoint, String key) throws IOException {
        return "vnc".equals(endpoint.getScheme())
                ? VncLine.open(endpoint, key)
                : BrowserLine.open(endpoint, key, Map.of());
    }

    /** What the client's handshake is to be answered. */
    String accept();

    /** Whether WebSocket frames are spoken on it, and not bare bytes. */
    boolean isFramed();

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    @Override
    void close();
}
