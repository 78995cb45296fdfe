// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket that reads events, for one thread. */
final class EventSocket implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Socket socket;
    private final DataInputStream in;

    EventSocket(int port, String path, String token) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        socket.getOutputStream().write(handshake(path, token));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            socket.close();
            throw new IOException("no WebSocket at " + path + ": "
                    + head.toString().lines().findFirst().orElse(""));
        }
    }

    static byte[] handshake(String path, String token) {
        return """
                GET %s HTTP/1.1\r
                Host: 127.0.0.1\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: ZHJvdmVyIGJlbmNobWFyaw==\r
                Authorization: Bearer %s\r
                \r
                """.formatted(path, token).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The next event as it came.
     *
     * @throws EOFException when the server has closed the socket
     */
    String next() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == TEXT) {
                return new String(payload, StandardCharsets.UTF_8);
            }
            if (opcode == PING) {
                pong(payload);
            }
            if (opcode == CLOSE) {
                throw new EOFException("the server closed the socket");
            }
        }
    }

    /**
     * Reads until this job has ended.
     *
     * @throws IOException when it ended otherwise than well
     */
    void awaitEnd(String job) throws IOException {
        while (true) {
            String event = next();
            if (event.contains("\"job_completed\"") && event.contains(job)) {
                requireSuccess(event);
                return;
            }
        }
    }

    static void requireSuccess(String event) throws IOException {
        if (!event.contains("\"success\":true")) {
            throw new IOException("a job of the benchmark failed: " + event);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void pong(byte[] payload) throws IOException {
        // Masked with zeros, which leaves the payload as it is.
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x8a;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        OutputStream out = socket.getOutputStream();
        out.write(frame);
    }
}
