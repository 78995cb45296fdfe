// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A WebSocket to a browser on loopback, opened in the name of a client: what the browser answers is right for that client. */
final class BrowserLine implements Closeable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final int LARGEST_HEAD = 16_384;
    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final InputStream input;
    private final String accept;

    private BrowserLine(Socket socket, InputStream input, String accept) {
        this.socket = socket;
        this.input = input;
        this.accept = accept;
    }

    /**
     * @param key of the client's handshake
     * @throws IOException when the browser does not take the connection
     */
    static BrowserLine open(URI endpoint, String key) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), (int) CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) HANDSHAKE.toMillis());
            InputStream input = new BufferedInputStream(socket.getInputStream(), BUFFER);
            // No Origin, which Chromium would not allow, and no extensions, since messages are looked at.
            String request = "GET " + endpoint.getRawPath() + " HTTP/1.1\r\nHost: localhost:" + endpoint.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                    + key + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String accept = accepted(head(input));
            socket.setSoTimeout(0);
            return new BrowserLine(socket, input, accept);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String head(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = input.read();
            if (next < 0 || head.size() > LARGEST_HEAD) {
                throw new IOException("no answer to the handshake");
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String accepted(String head) throws IOException {
        String[] lines = head.split("\r\n", -1);
        if (lines[0].startsWith("HTTP/1.1 101")) {
            for (String line : lines) {
                if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        throw new IOException("the browser answers " + lines[0]);
    }

    /** What the client is to be answered. */
    String accept() {
        return accept;
    }

    InputStream input() {
        return input;
    }

    OutputStream output() throws IOException {
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
