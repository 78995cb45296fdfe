// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import dev.drover.system.control.egress.AddressFilter;
import dev.drover.system.control.egress.NameResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A forward proxy on loopback for the browser of one worker. What comes in belongs to the run that goes on, since a browser
 * context, with its connections, serves one run only.
 */
public final class EgressProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Dialer dialer;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile Traffic current = Traffic.unowned();

    private EgressProxy(ServerSocket listener, Dialer dialer) {
        this.listener = listener;
        this.dialer = dialer;
    }

    /** Listens on a port of loopback that is free, until it is closed. */
    public static EgressProxy open(AddressFilter filter, NameResolver resolver) {
        try {
            ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
            EgressProxy proxy = new EgressProxy(listener, new Dialer(filter, resolver));
            Thread.ofVirtual().name("egress-" + proxy.port()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the egress proxy", e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on connections belong to this traffic. */
    public void begin(Traffic traffic) {
        current = traffic;
    }

    /** The run is over: what still comes belongs to nobody. */
    public void end() {
        current = Traffic.unowned();
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // It listens no more, one way or the other.
        }
        clients.forEach(Dialer::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                Traffic owner = current;
                Thread.ofVirtual().name("egress-connection").start(() -> serve(client, owner));
            } catch (IOException e) {
                // Closed, or the client has gone before it was met.
            }
        }
    }

    private void serve(Socket client, Traffic owner) {
        try {
            new ProxyConnection(client, owner, dialer).serve();
        } catch (IOException e) {
            // One side has ended the connection, which is how connections end.
        } finally {
            Dialer.closeQuietly(client);
            clients.remove(client);
        }
    }
}
