// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import dev.drover.browser.control.egress.Traffic.Cause;
import dev.drover.system.control.egress.AddressFilter;
import dev.drover.system.control.egress.NameResolver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes connections, and only to addresses that the filter permits: what was checked is what is dialled. */
final class Dialer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private final AddressFilter filter;
    private final NameResolver resolver;

    Dialer(AddressFilter filter, NameResolver resolver) {
        this.filter = filter;
        this.resolver = resolver;
    }

    /** A connection to the host itself. */
    Socket direct(String host, int port) throws ConnectionRefusal {
        return dial(host, permitted(host), port);
    }

    /** A connection to the proxy itself, encrypted where it wants that. */
    Socket to(UpstreamProxy proxy) throws IOException {
        Socket plain = direct(proxy.host(), proxy.port());
        if (proxy.kind() != UpstreamProxy.Kind.HTTPS) {
            return plain;
        }
        try {
            SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            SSLSocket encrypted = (SSLSocket) factory.createSocket(plain, proxy.host(), proxy.port(), true);
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            encrypted.setSSLParameters(parameters);
            encrypted.startHandshake();
            return encrypted;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * Refuses a target that another proxy is to dial: that one resolves names by itself, so a name which does not resolve
     * here may pass.
     */
    void check(String host) throws ConnectionRefusal {
        try {
            permitted(host);
        } catch (ConnectionRefusal e) {
            if (e.reason() == Cause.REFUSED_ADDRESS) {
                throw e;
            }
        }
    }

    private List<InetAddress> permitted(String host) throws ConnectionRefusal {
        List<InetAddress> found;
        try {
            found = resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new ConnectionRefusal(Cause.NAME_NOT_RESOLVED, host + " cannot be resolved");
        }
        List<InetAddress> permitted = found.stream().filter(filter::permits).toList();
        if (permitted.isEmpty()) {
            throw new ConnectionRefusal(Cause.REFUSED_ADDRESS, host + " has an address that pages may not reach");
        }
        return permitted;
    }

    private static Socket dial(String host, List<InetAddress> addresses, int port) throws ConnectionRefusal {
        Cause worst = null;
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
                return socket;
            } catch (IOException e) {
                worst = worst == null ? cause(e) : worst; // The first address is the one that its owner prefers.
                closeQuietly(socket);
            }
        }
        throw new ConnectionRefusal(worst == null ? Cause.ADDRESS_UNREACHABLE : worst, host + " cannot be reached");
    }

    private static Cause cause(IOException e) {
        return switch (e) {
            case SocketTimeoutException timeout -> Cause.CONNECTION_TIMED_OUT;
            case NoRouteToHostException noRoute -> Cause.ADDRESS_UNREACHABLE;
            case ConnectException refused ->
                String.valueOf(e.getMessage()).contains("unreachable")
                        ? Cause.ADDRESS_UNREACHABLE
                        : Cause.CONNECTION_REFUSED;
            default -> Cause.ADDRESS_UNREACHABLE;
        };
    }

    static void closeQuietly(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more.
            }
        }
    }
}
