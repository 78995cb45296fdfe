// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client on a bare socket, which breaks off with a reset: as the network sees one whose process is killed. */
final class RudeClient implements AutoCloseable {

    private final Api api;
    private final Socket socket;

    RudeClient(Api api) {
        this.api = api;
        try {
            socket = new Socket(api.server().getHost(), api.server().getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the head of a request, with what else it says line by line. */
    RudeClient head(String method, String path, String... lines) {
        StringBuilder head = new StringBuilder(method + " " + api.uri(path).getRawPath());
        String query = api.uri(path).getRawQuery();
        head.append(query == null ? "" : "?" + query).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(api.server().getAuthority()).append("\r\n");
        head.append("Authorization: Bearer ").append(api.token()).append("\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        return send(head.append("\r\n").toString());
    }

    RudeClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads as many bytes of the answer, head and all, as there are, but not more than that. */
    String read(int bytes) {
        try {
            return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
