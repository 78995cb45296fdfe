// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small web server on the loopback address with the sample sites, all of them below {@code /sites}, which
 * lists them.
 *
 * <pre>{@code
 * try (SampleSites sites = SampleSites.start(0)) {
 *     page.navigate(sites.url("/article"));
 * }
 * }</pre>
 */
public final class SampleSites implements AutoCloseable {

    static {
        // Without it a keep-alive answer waits 40 ms for the client's delayed acknowledgement:
        // https://bugs.openjdk.org/browse/JDK-8068597
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Routes routes;
    private final String origin;
    private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();

    private SampleSites(HttpServer server, String scheme) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.routes = Routes.ofAllSites();
        this.origin = scheme + "://127.0.0.1:" + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * Starts over plain HTTP.
     *
     * @param port 0 takes a free one
     */
    public static SampleSites start(int port) {
        try {
            return new SampleSites(HttpServer.create(loopback(port), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be opened", e);
        }
    }

    /** Starts over HTTPS with a certificate of its own making, which no browser trusts. */
    public static SampleSites startSelfSigned(int port) {
        try {
            HttpsServer server = HttpsServer.create(loopback(port), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.forLoopback()));
            return new SampleSites(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be opened", e);
        }
    }

    /** Serves until it is told to end. Arguments: the port (default 8090), and one for self-signed HTTPS if wanted. */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        SampleSites plain = start(args.length > 0 ? Integer.parseInt(args[0]) : 8090);
        SampleSites selfSigned = args.length > 1 ? startSelfSigned(Integer.parseInt(args[1])) : null;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            plain.close();
            if (selfSigned != null) {
                selfSigned.close();
            }
            end.countDown();
        }));
        System.out.println("Sample sites: " + plain.url("/"));
        if (selfSigned != null) {
            System.out.println("Sample sites, self-signed: " + selfSigned.url("/"));
        }
        end.await();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where all of them are, without a path. */
    public String origin() {
        return origin;
    }

    /** The address of a path below that of all sites; it starts with a slash. */
    public String url(String path) {
        return origin + Routes.ROOT + path;
    }

    public URI uri(String path) {
        return URI.create(url(path));
    }

    /** How often a path was asked for since the start, whatever its query. */
    public int visits(String path) {
        AtomicInteger count = visits.get(Routes.ROOT + path);
        return count == null ? 0 : count.get();
    }

    /** Stops at once; requests that are still being answered are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Visit visit = Visit.of(exchange);
            visits.computeIfAbsent(visit.path(), path -> new AtomicInteger()).incrementAndGet();
            routes.answer(visit).sendTo(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
