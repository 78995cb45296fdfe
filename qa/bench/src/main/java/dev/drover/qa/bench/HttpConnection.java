// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection that costs next to nothing, since it shares the machine with what it measures: requests are
 * bytes made beforehand, one write and usually one read each. Not for use by several threads.
 */
final class HttpConnection implements AutoCloseable {

    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] LENGTH = ascii("\r\ncontent-length: ");
    private static final byte[] CHUNKED = ascii("\r\ntransfer-encoding: chunked");
    private static final byte[] CLOSE = ascii("\r\nconnection: close");
    private static final byte[] ID = ascii("\"id\":\"");
    private static final int ID_LENGTH = 36;

    private final int port;
    private @Nullable Socket socket;
    private byte[] buffer = new byte[32 * 1024];
    private int filled;
    private int bodyStart;
    private int bodyEnd;

    HttpConnection(int port) {
        this.port = port;
    }

    static byte[] request(String method, String path, String token, @Nullable String json) {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nAccept: application/json\r\n"
                .formatted(method, path, token);
        if (json != null) {
            head += "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
        }
        byte[] start = ascii(head + "\r\n");
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    /** Sends and waits for the whole answer; returns its status. */
    int send(byte[] request) throws IOException {
        Socket open = socket == null ? connect() : socket;
        OutputStream out = open.getOutputStream();
        out.write(request);
        filled = 0;
        int head = awaitHead(open.getInputStream());
        int status = Integer.parseInt(new String(buffer, 9, 3, StandardCharsets.US_ASCII));
        if (find(CHUNKED, 0, head, true) >= 0) {
            readChunks(open.getInputStream(), head);
        } else {
            bodyStart = head;
            bodyEnd = head + contentLength(head);
            fill(open.getInputStream(), bodyEnd);
        }
        if (find(CLOSE, 0, head, true) >= 0) {
            close();
        }
        return status;
    }

    /** Submits a job and returns its id. */
    String submit(byte[] request) throws IOException {
        int status = send(request);
        int id = find(ID, bodyStart, bodyEnd, false);
        if (status != 202 || id < 0) {
            throw new IOException("a job was not accepted: " + status + " " + body());
        }
        return new String(buffer, id + ID.length, ID_LENGTH, StandardCharsets.US_ASCII);
    }

    String body() {
        return new String(buffer, bodyStart, bodyEnd - bodyStart, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private Socket connect() throws IOException {
        Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(60_000);
        socket = opened;
        return opened;
    }

    private int awaitHead(InputStream in) throws IOException {
        int searched = 0;
        while (true) {
            fill(in, filled + 1);
            int end = find(HEAD_END, Math.max(0, searched - 3), filled, false);
            if (end >= 0) {
                return end + HEAD_END.length;
            }
            searched = filled;
        }
    }

    private int contentLength(int head) {
        int at = find(LENGTH, 0, head, true);
        int length = 0;
        for (int i = at + LENGTH.length; at >= 0 && buffer[i] >= '0' && buffer[i] <= '9'; i++) {
            length = length * 10 + buffer[i] - '0';
        }
        return length;
    }

    /** Puts the chunks together at the place where the first one began. */
    private void readChunks(InputStream in, int head) throws IOException {
        int from = head;
        int to = head;
        bodyStart = head;
        while (true) {
            int lineEnd = awaitLine(in, from);
            String size = new String(buffer, from, lineEnd - from, StandardCharsets.US_ASCII).strip();
            int length = Integer.parseInt(size.replaceFirst(";.*", ""), 16);
            int start = lineEnd + 2;
            fill(in, start + length + 2);
            System.arraycopy(buffer, start, buffer, to, length);
            to += length;
            from = start + length + 2;
            if (length == 0) {
                bodyEnd = to;
                return;
            }
        }
    }

    private int awaitLine(InputStream in, int from) throws IOException {
        int at = from;
        while (true) {
            fill(in, at + 2);
            if (buffer[at] == '\r' && buffer[at + 1] == '\n') {
                return at;
            }
            at++;
        }
    }

    private void fill(InputStream in, int until) throws IOException {
        while (filled < until) {
            if (filled == buffer.length || until > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, until));
            }
            int read = in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                throw new EOFException("the server closed the connection within an answer");
            }
            filled += read;
        }
    }

    /** @param anyCase whether the letters of the text may be large ones; the sought ones are small */
    private int find(byte[] sought, int from, int to, boolean anyCase) {
        for (int i = from; i <= to - sought.length; i++) {
            int j = 0;
            while (j < sought.length && sought[j] == (anyCase ? small(buffer[i + j]) : buffer[i + j])) {
                j++;
            }
            if (j == sought.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
