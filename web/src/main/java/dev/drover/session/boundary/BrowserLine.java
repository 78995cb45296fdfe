// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A WebSocket to a browser on loopback, or to another node, opened in the name of a client: what the other side answers is
 * right for that client.
 */
final class BrowserLine implements Line {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);
    private static final int LARGEST_HEAD = 16_384;
    private static final int LONGEST_SENTENCE = 4096;
    private static final int BUFFER = 1 << 16;
    private static final String ACCEPT = "sec-websocket-accept";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}).*");

    private final Socket socket;
    private final InputStream input;
    private final Map<String, String> answer;

    /** The other side does not switch to WebSockets. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        /** @param sentence of the other side */
        Refused(int status, String sentence) {
            super(sentence);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private BrowserLine(Socket socket, InputStream input, Map<String, String> answer) {
        this.socket = socket;
        this.input = input;
        this.answer = answer;
    }

    /**
     * @param key of the client's handshake
     * @param headers of the handshake, beside those of every one
     * @throws IOException when the other side does not take the connection
     */
    static BrowserLine open(URI endpoint, String key, Map<String, String> headers) throws IOException {
        boolean secure = Set.of("https", "wss").contains(String.valueOf(endpoint.getScheme()));
        int port = endpoint.getPort() < 0 ? secure ? 443 : 80 : endpoint.getPort();
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.getHost(), port), (int) CONNECT.toMillis());
            if (secure) {
                socket = encrypted(socket, endpoint.getHost(), port);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) HANDSHAKE.toMillis());
            InputStream input = new BufferedInputStream(socket.getInputStream(), BUFFER);
            // No Origin, which Chromium would not allow, and no extensions, since messages are looked at.
            StringBuilder request = new StringBuilder("GET ")
                    .append(endpoint.getRawPath())
                    .append(endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery())
                    .append(" HTTP/1.1\r\nHost: ")
                    .append(headers.isEmpty() ? "localhost" : endpoint.getHost())
                    .append(":")
                    .append(port)
                    .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                    .append("Sec-WebSocket-Key: ")
                    .append(key)
                    .append("\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            Map<String, String> answer = accepted(head(input), input);
            socket.setSoTimeout(0);
            return new BrowserLine(socket, input, answer);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
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

    /** The headers of the answer, their names in lower case. */
    private static Map<String, String> accepted(String head, InputStream body) throws IOException {
        String[] lines = head.split("\r\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("no answer to the handshake: " + lines[0]);
        }
        if (!status.group(1).equals("101") || !headers.containsKey(ACCEPT)) {
            throw new Refused(Integer.parseInt(status.group(1)), sentence(headers, body));
        }
        return headers;
    }

    private static String sentence(Map<String, String> headers, InputStream body) throws IOException {
        String length = headers.getOrDefault("content-length", "0");
        int size = length.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(length), LONGEST_SENTENCE) : 0;
        return new String(body.readNBytes(size), StandardCharsets.UTF_8);
    }

    @Override
    public String accept() {
        return answer.getOrDefault(ACCEPT, "");
    }

    /** What the other side has chosen of what the client offers. */
    Optional<String> subprotocol() {
        return Optional.ofNullable(answer.get("sec-websocket-protocol"));
    }

    @Override
    public boolean isFramed() {
        return true;
    }

    @Override
    public InputStream input() {
        return input;
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
