// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request to a forward proxy (RFC 9112, 3.2.2 and 3.2.3): {@code CONNECT host:port}, or another method with
 * an absolute {@code http} URI.
 *
 * @param path what the origin is asked for; empty for CONNECT
 * @param headers lines as they came, without those that are for the proxy
 */
record RequestHead(String method, String host, int port, String path, String version, List<String> headers) {

    /** Long enough for the longest URL that browsers send on, and all cookies of a site. */
    private static final int LONGEST = 1 << 20;

    /** Reads up to the empty line and not a byte further; null when the client has nothing more to ask. */
    static @Nullable RequestHead read(InputStream in) throws IOException {
        String text = readText(in);
        return text == null ? null : parse(text);
    }

    /** The text of a head, of a request or a response, up to its empty line; null at the end of the stream. */
    static @Nullable String readText(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new ProtocolException("the connection ended within a head");
            }
            if (next == '\n') {
                newlines++;
            } else if (next != '\r') {
                newlines = 0;
            }
            bytes.write(next);
            if (bytes.size() > LONGEST) {
                throw new ProtocolException("a head of more than " + LONGEST + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static RequestHead parse(String text) throws ProtocolException {
        List<String> lines = text.lines().toList();
        String[] words = lines.getFirst().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not a request line");
        }
        List<String> headers = new ArrayList<>(lines.subList(1, lines.size()));
        headers.removeIf(line -> line.isEmpty() || isForProxy(line));
        if (words[0].equals("CONNECT")) {
            return new RequestHead("CONNECT", host(words[1]), port(words[1], -1), "", words[2], headers);
        }
        if (!words[1].regionMatches(true, 0, "http://", 0, 7)) {
            throw new ProtocolException("not a request to a proxy");
        }
        int slash = 7;
        while (slash < words[1].length() && "/?#".indexOf(words[1].charAt(slash)) < 0) {
            slash++;
        }
        String authority = words[1].substring(7, slash);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        String path = words[1].substring(slash);
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        return new RequestHead(words[0], host(authority), port(authority, 80), path, words[2], headers);
    }

    boolean isConnect() {
        return method.equals("CONNECT");
    }

    String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The value of a header; null when it is not there. */
    @Nullable
    String header(String name) {
        return headers.stream()
                .filter(line -> hasName(line, name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(null);
    }

    /** As the origin is asked. */
    byte[] toOrigin() {
        return bytes(path, null);
    }

    /** As another proxy is asked. */
    byte[] toProxy(@Nullable String authorization) {
        return bytes("http://" + authority() + path, authorization);
    }

    private byte[] bytes(String target, @Nullable String authorization) {
        StringBuilder text = new StringBuilder(512);
        text.append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        if (header("Connection") == null) {
            text.append("Connection: keep-alive\r\n"); // Browsers say this to a proxy as Proxy-Connection.
        }
        if (authorization != null) {
            text.append("Proxy-Authorization: ").append(authorization).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isForProxy(String line) {
        return line.toLowerCase(Locale.ROOT).startsWith("proxy-");
    }

    private static boolean hasName(String line, String name) {
        return line.length() > name.length()
                && line.charAt(name.length()) == ':'
                && line.regionMatches(true, 0, name, 0, name.length());
    }

    private static String host(String authority) throws ProtocolException {
        int end = authority.startsWith("[") ? authority.indexOf(']') : authority.lastIndexOf(':');
        String host = authority.startsWith("[") && end > 0
                ? authority.substring(1, end)
                : end < 0 ? authority : authority.substring(0, end);
        if (host.isEmpty()) {
            throw new ProtocolException("no host");
        }
        return host;
    }

    private static int port(String authority, int otherwise) throws ProtocolException {
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        try {
            int port = colon < 0 || colon == authority.length() - 1
                    ? otherwise
                    : Integer.parseInt(authority.substring(colon + 1));
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new ProtocolException("not a port");
    }
}
