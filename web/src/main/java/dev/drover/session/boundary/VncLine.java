// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

/** A connection to a display, where RFB (RFC 6143) is spoken: bytes, of which a WebSocket makes binary messages of any size. */
final class VncLine implements Line {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** RFC 6455, 1.3. */
    private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket socket;
    private final String accept;

    private VncLine(Socket socket, String accept) {
        this.socket = socket;
        this.accept = accept;
    }

    static VncLine open(URI endpoint, String key) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), (int) CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            return new VncLine(socket, accept(key));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + WEBSOCKET).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String accept() {
        return accept;
    }

    @Override
    public boolean isFramed() {
        return false;
    }

    @Override
    public InputStream input() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed, one way or the other.
        }
    }
}
