// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import dev.drover.browser.control.egress.Traffic.Cause;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a browser. Requests are read as far as it takes to find where each goes and where it ends; responses
 * pass as they come, byte for byte, so that no way of framing one can be got wrong here.
 *
 * <p>A plain request that cannot be sent on gets no answer at all: the connection ends, which a browser reports as an
 * error. Any answer would look to it like a page of the site.
 */
final class ProxyConnection {

    private static final int BUFFER = 32 * 1024;

    private final Socket client;
    private final Traffic traffic;
    private final Dialer dialer;
    private volatile @Nullable Origin origin;

    /** Where the requests of this connection go now. */
    private record Origin(String authority, Socket socket) {}

    ProxyConnection(Socket client, Traffic traffic, Dialer dialer) {
        this.client = client;
        this.traffic = traffic;
        this.dialer = dialer;
    }

    /** Serves until one side ends the connection. */
    void serve() throws IOException {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream(), 16 * 1024);
        try {
            RequestHead head = RequestHead.read(in);
            while (head != null && !traffic.isOverdrawn()) {
                if (head.isConnect()) {
                    tunnel(head, in);
                    return;
                }
                forward(head, in);
                head = RequestHead.read(in);
            }
        } finally {
            Origin last = origin;
            origin = null;
            if (last != null) {
                Dialer.closeQuietly(last.socket());
            }
        }
    }

    private void tunnel(RequestHead head, InputStream in) throws IOException {
        Socket target;
        try {
            target = openTunnel(head.host(), head.port(), head.authority());
        } catch (IOException e) {
            remember(e, head.host());
            String status = e instanceof ConnectionRefusal refusal && refusal.reason() == Cause.REFUSED_ADDRESS
                    ? "403 Forbidden"
                    : "502 Bad Gateway";
            answer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        origin = new Origin(head.authority(), target);
        answer("HTTP/1.1 200 Connection established\r\n\r\n");
        exchange(in, target);
    }

    /** Passes bytes both ways until both sides have ended. */
    private void exchange(InputStream in, Socket target) throws IOException {
        Thread downward = Thread.ofVirtual().name("egress-tunnel").start(() -> passDown(target));
        byte[] buffer = new byte[BUFFER / 2];
        OutputStream out = target.getOutputStream();
        int read = in.read(buffer);
        while (read >= 0) {
            out.write(buffer, 0, read);
            read = in.read(buffer);
        }
        target.shutdownOutput();
        try {
            downward.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket openTunnel(String host, int port, String authority) throws IOException {
        UpstreamProxy upstream = traffic.upstream();
        if (upstream == null) {
            return dialer.direct(host, port);
        }
        dialer.check(host);
        Socket socket = upstreamSocket(upstream);
        try {
            if (upstream.kind() == UpstreamProxy.Kind.SOCKS5) {
                Socks5.connect(socket, upstream.user(), upstream.password(), host, port);
            } else {
                connectThrough(upstream, socket, authority);
            }
            return socket;
        } catch (IOException e) {
            Dialer.closeQuietly(socket);
            throw e;
        }
    }

    private static void connectThrough(UpstreamProxy upstream, Socket socket, String authority) throws IOException {
        String authorization = upstream.authorization();
        String request = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(
                        authority,
                        authority,
                        authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String answer = RequestHead.readText(socket.getInputStream());
        if (answer == null || !answer.matches("(?s)HTTP/1\\.[01] 2\\d\\d\\b.*")) {
            throw new ConnectionRefusal(Cause.PROXY_FAILED, upstream + " refuses to connect");
        }
    }

    private Socket upstreamSocket(UpstreamProxy upstream) throws IOException {
        try {
            return dialer.to(upstream);
        } catch (ConnectionRefusal e) {
            throw e.reason() == Cause.REFUSED_ADDRESS
                    ? e
                    : new ConnectionRefusal(Cause.PROXY_FAILED, upstream + " cannot be reached");
        }
    }

    private void forward(RequestHead head, InputStream in) throws IOException {
        UpstreamProxy upstream = traffic.upstream();
        Socket target;
        byte[] request;
        try {
            if (upstream != null && upstream.kind() != UpstreamProxy.Kind.SOCKS5) {
                target = viaProxy(head, upstream);
                request = head.toProxy(upstream.authorization());
            } else {
                target = origin(head);
                request = head.toOrigin();
            }
        } catch (IOException e) {
            remember(e, head.host());
            throw e;
        }
        OutputStream out = target.getOutputStream();
        out.write(request);
        if (head.header("Upgrade") != null) {
            in.transferTo(out); // What is spoken from here on is theirs.
        } else {
            new RequestBody(in, out).pass(head);
        }
    }

    private Socket origin(RequestHead head) throws IOException {
        Origin now = origin;
        if (now != null && now.authority().equals(head.authority())) {
            return now.socket();
        }
        return change(new Origin(head.authority(), openTunnel(head.host(), head.port(), head.authority())));
    }

    private Socket viaProxy(RequestHead head, UpstreamProxy upstream) throws IOException {
        dialer.check(head.host());
        Origin now = origin;
        if (now != null && now.authority().equals(upstream.toString())) {
            return now.socket();
        }
        return change(new Origin(upstream.toString(), upstreamSocket(upstream)));
    }

    /** A browser asks on only when the answer before has come in full, so what the old origin may still say is moot. */
    private Socket change(Origin next) {
        Origin old = origin;
        origin = next;
        if (old != null) {
            Dialer.closeQuietly(old.socket());
        }
        Thread.ofVirtual().name("egress-response").start(() -> {
            passDown(next.socket());
            if (isCurrent(next.socket())) {
                Dialer.closeQuietly(client);
            }
        });
        return next.socket();
    }

    /** Passes what comes from the network to the browser, as long as the run may load more. */
    private void passDown(Socket from) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = client.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0 && traffic.load(read)) {
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
            if (read >= 0) {
                Dialer.closeQuietly(from); // It has loaded too much.
                Dialer.closeQuietly(client);
            } else if (isCurrent(from)) {
                client.shutdownOutput();
            }
        } catch (IOException e) {
            // One side has gone; the other has to follow.
            Dialer.closeQuietly(from);
            if (isCurrent(from)) {
                Dialer.closeQuietly(client);
            }
        }
    }

    /** Whether no other origin has taken its place meanwhile. */
    private boolean isCurrent(Socket socket) {
        Origin now = origin;
        return now == null || now.socket().equals(socket);
    }

    private void remember(IOException e, String host) {
        switch (e) {
            case ConnectionRefusal refusal -> traffic.failed(refusal.reason(), host);
            case ProtocolException broken -> traffic.failed(Cause.PROXY_FAILED, host);
            default -> traffic.failed(Cause.ADDRESS_UNREACHABLE, host);
        }
    }

    private void answer(String head) throws IOException {
        client.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    }
}
