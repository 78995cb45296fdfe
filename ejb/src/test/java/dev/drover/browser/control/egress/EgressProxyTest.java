// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.egress.Traffic.Cause;
import dev.drover.system.control.egress.AddressFilter;
import dev.drover.system.control.egress.AddressRange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy on its own, byte by byte: against origins and other proxies of a few lines. */
@Timeout(20)
class EgressProxyTest {

    private final AtomicInteger resolved = new AtomicInteger();
    private final EgressProxy proxy =
            EgressProxy.open(new AddressFilter(List.of(AddressRange.parse("127.0.0.0/8"))), this::resolve);
    private final AtomicInteger overdrawn = new AtomicInteger();
    private Traffic traffic = new Traffic(null, 1 << 20, overdrawn::incrementAndGet);

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        resolved.incrementAndGet();
        return switch (host) {
            case "inside.test" -> List.of(InetAddress.getByName("10.0.0.1"));
            case "rebinding.test" -> List.of(InetAddress.getByName("10.0.0.1"), InetAddress.getLoopbackAddress());
            case "nowhere.test" -> throw new UnknownHostException(host);
            default -> List.of(InetAddress.getLoopbackAddress());
        };
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void requestsOfOneConnectionGoOnThatOfTheOriginAndResponsesPassUntouched() throws Exception {
        try (Server origin = new Server(connection -> {
                    List<String> first = connection.head();
                    connection.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
                    List<String> second = connection.head();
                    connection.say("HTTP/1.1 204 No Content\r\nX-Saw: " + first.getFirst() + ", " + second.getFirst()
                            + "\r\n\r\n");
                });
                Connection client = connect()) {
            String base = "http://site.test:" + origin.port();
            client.say("GET " + base + "/a?b=c HTTP/1.1\r\nHost: site.test\r\nProxy-Connection: keep-alive\r\n\r\n");
            assertThat(client.head()).containsExactly("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
            assertThat(client.lines(4)).containsExactly("3", "abc", "0", "");

            client.say("HEAD " + base + " HTTP/1.1\r\nHost: site.test\r\n\r\n");
            assertThat(client.head())
                    .containsExactly("HTTP/1.1 204 No Content", "X-Saw: GET /a?b=c HTTP/1.1, HEAD / HTTP/1.1");
        }
        assertThat(resolved).hasValue(1);
        assertThat(traffic.loaded()).isGreaterThan(100);
    }

    @Test
    void whatIsMeantForTheProxyDoesNotReachTheOrigin() throws Exception {
        try (Server origin = new Server(connection -> {
                    String headers = String.join("|", connection.head());
                    connection.say("HTTP/1.1 200 OK\r\nX-Saw: " + headers + "\r\nContent-Length: 0\r\n\r\n");
                });
                Connection client = connect()) {
            client.say("GET http://site.test:%d/ HTTP/1.1\r\nHost: site.test\r\nProxy-Authorization: Basic x\r\n\r\n"
                    .formatted(origin.port()));

            assertThat(client.head()).contains("X-Saw: GET / HTTP/1.1|Host: site.test|Connection: keep-alive");
        }
    }

    @Test
    void bodiesPassWithALengthAndInChunksAndAfterAnInvitation() throws Exception {
        try (Server origin = new Server(connection -> {
                    connection.head();
                    connection.say("HTTP/1.1 100 Continue\r\n\r\n");
                    String length = connection.chars(5);
                    connection.say("HTTP/1.1 200 OK\r\nX-Body: " + length + "\r\nContent-Length: 0\r\n\r\n");
                    connection.head();
                    List<String> chunks = connection.lines(5);
                    connection.say(
                            "HTTP/1.1 200 OK\r\nX-Body: " + String.join(",", chunks) + "\r\nContent-Length: 0\r\n\r\n");
                });
                Connection client = connect()) {
            String base = "http://site.test:" + origin.port();
            client.say("POST " + base + "/ HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.head()).containsExactly("HTTP/1.1 100 Continue");
            client.say("hello");
            assertThat(client.head()).contains("X-Body: hello");

            client.say("POST " + base + "/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2;x=y\r\nhe\r\n0\r\nTrailer: t\r\n\r\n");
            assertThat(client.head()).contains("X-Body: 2;x=y,he,0,Trailer: t,");
        }
    }

    @Test
    void aResponseWithoutALengthEndsWithItsConnection() throws Exception {
        try (Server origin = new Server(connection -> {
                    connection.head();
                    connection.say("HTTP/1.0 200 OK\r\n\r\nuntil the end");
                });
                Connection client = connect()) {
            client.say("GET http://site.test:%d/ HTTP/1.1\r\n\r\n".formatted(origin.port()));

            client.head();
            assertThat(client.rest()).isEqualTo("until the end");
        }
    }

    @Test
    void oneConnectionMayAskSeveralOrigins() throws Exception {
        Consumer<Connection> greeting = connection -> {
            String host = connection.head().get(1);
            connection.say("HTTP/1.1 200 OK\r\nX-Saw: " + host + "\r\nContent-Length: 0\r\n\r\n");
            connection.head(); // Stays open until the proxy ends it.
        };
        try (Server one = new Server(greeting);
                Server two = new Server(greeting);
                Connection client = connect()) {
            client.say("GET http://one.test:%d/ HTTP/1.1\r\nHost: one\r\n\r\n".formatted(one.port()));
            assertThat(client.head()).contains("X-Saw: Host: one");
            client.say("GET http://two.test:%d/ HTTP/1.1\r\nHost: two\r\n\r\n".formatted(two.port()));
            assertThat(client.head()).contains("X-Saw: Host: two");
        }
    }

    @Test
    void aTunnelPassesBytesBothWays() throws Exception {
        try (Server origin = new Server(connection -> {
                    connection.say("welcome\n" + connection.lines(1).getFirst() + "\n");
                });
                Connection client = connect()) {
            client.say("CONNECT [::ffff:127.0.0.1]:%d HTTP/1.1\r\n\r\n".formatted(origin.port()));
            assertThat(client.head()).containsExactly("HTTP/1.1 200 Connection established");
            client.say("ping\n");
            assertThat(client.lines(2)).containsExactly("welcome", "ping");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aRefusedAddressGetsNoAnswerThatCouldPassForAPage() throws Exception {
        try (Connection client = connect()) {
            client.say("GET http://inside.test/ HTTP/1.1\r\n\r\n");
            assertThat(client.rest()).isEmpty();
        }
        assertThat(traffic.lastTrouble()).isEqualTo(new Traffic.Trouble(Cause.REFUSED_ADDRESS, "inside.test"));
        try (Connection client = connect()) {
            client.say("CONNECT inside.test:443 HTTP/1.1\r\n\r\n");
            assertThat(client.head()).first().asString().startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void ofANameWithManyAddressesOnlyAPermittedOneIsDialled() throws Exception {
        try (Server origin = new Server(connection -> {
                    connection.head();
                    connection.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                Connection client = connect()) {
            client.say("GET http://rebinding.test:%d/ HTTP/1.1\r\n\r\n".formatted(origin.port()));
            assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(resolved).hasValue(1); // What was checked is what is dialled: nobody asks a second time.
    }

    @Test
    void whyAConnectionFailsIsRemembered() throws Exception {
        assertThat(troubleOf("GET http://nowhere.test/ HTTP/1.1\r\n\r\n")).isEqualTo(Cause.NAME_NOT_RESOLVED);
        int closedPort;
        try (ServerSocket once = new ServerSocket(0)) {
            closedPort = once.getLocalPort();
        }
        assertThat(troubleOf("CONNECT site.test:" + closedPort + " HTTP/1.1\r\n\r\n"))
                .isEqualTo(Cause.CONNECTION_REFUSED);
    }

    @Test
    void aRunThatLoadsTooMuchLosesItsConnectionAndIsToldOnce() throws Exception {
        traffic = new Traffic(null, 1000, overdrawn::incrementAndGet);
        try (Server origin = new Server(connection -> {
                    connection.head();
                    connection.say("HTTP/1.1 200 OK\r\n\r\n");
                    for (int i = 0; i < 10_000; i++) {
                        connection.say("x".repeat(1000));
                    }
                });
                Connection client = connect()) {
            client.say("GET http://site.test:%d/ HTTP/1.1\r\n\r\n".formatted(origin.port()));
            assertThat(client.rest().length()).isLessThan(2000);
        }
        assertThat(overdrawn).hasValue(1);
        assertThat(traffic.isOverdrawn()).isTrue();
    }

    @Test
    void anotherProxyIsAskedInItsTurnWithItsCredentials() throws Exception {
        try (Server other = new Server(connection -> {
            String seen = String.join("|", connection.head());
            connection.say("HTTP/1.1 200 OK\r\nX-Saw: " + seen + "\r\nContent-Length: 0\r\n\r\n");
        })) {
            traffic = new Traffic(upstream("http", other), 1 << 20, () -> {});
            try (Connection client = connect()) {
                client.say("GET http://far.test:81/x HTTP/1.1\r\nHost: far.test\r\n\r\n");
                assertThat(client.head())
                        .contains("X-Saw: GET http://far.test:81/x HTTP/1.1|Host: far.test|Connection: keep-alive"
                                + "|Proxy-Authorization: Basic dTpwOnc=");
            }
        }
        try (Server other = new Server(connection -> {
            String seen = String.join("|", connection.head());
            connection.say("HTTP/1.1 200 Fine\r\n\r\n" + seen);
        })) {
            traffic = new Traffic(upstream("http", other), 1 << 20, () -> {});
            try (Connection client = connect()) {
                client.say("CONNECT far.test:443 HTTP/1.1\r\n\r\n");
                client.head();
                assertThat(client.rest()).contains("CONNECT far.test:443", "Proxy-Authorization: Basic dTpwOnc=");
            }
        }
    }

    @Test
    void aSocksProxyIsAskedForTheName() throws Exception {
        try (Server other = new Server(connection -> {
            assertThat(connection.bytes(3)).containsExactly(5, 1, 2);
            connection.say("\u0005\u0002");
            assertThat(connection.chars(7)).isEqualTo("\u0001\u0001u\u0003p:w");
            connection.say("\u0001\u0000");
            assertThat(connection.chars(15)).isEqualTo("\u0005\u0001\u0000\u0003\u0008far.test\u0000Q");
            connection.say("\u0005\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000");
            connection.say("HTTP/1.1 200 OK\r\nX-Saw: " + connection.head().getFirst() + "\r\n\r\n");
        })) {
            traffic = new Traffic(upstream("socks5", other), 1 << 20, () -> {});
            try (Connection client = connect()) {
                client.say("GET http://far.test:81/x HTTP/1.1\r\n\r\n");
                assertThat(client.head()).contains("X-Saw: GET /x HTTP/1.1");
            }
        }
    }

    @Test
    void anotherProxyIsNoWayAroundTheFilter() throws Exception {
        try (Server other = new Server(connection -> connection.say("HTTP/1.1 200 OK\r\n\r\n"))) {
            traffic = new Traffic(upstream("http", other), 1 << 20, () -> {});
            assertThat(troubleOf("CONNECT 10.0.0.1:80 HTTP/1.1\r\n\r\n".replace("10.0.0.1", "inside.test")))
                    .isEqualTo(Cause.REFUSED_ADDRESS);
        }
        traffic = new Traffic(UpstreamProxy.of(URI.create("http://inside.test:3128")), 1 << 20, () -> {});
        assertThat(troubleOf("GET http://far.test/ HTTP/1.1\r\n\r\n")).isEqualTo(Cause.REFUSED_ADDRESS);
    }

    private Cause troubleOf(String request) throws IOException {
        try (Connection client = connect()) {
            client.say(request);
            client.rest();
        }
        return Objects.requireNonNull(traffic.lastTrouble()).cause();
    }

    private static UpstreamProxy upstream(String scheme, Server server) {
        return UpstreamProxy.of(URI.create(scheme + "://u:p%3Aw@proxy.test:" + server.port()));
    }

    private Connection connect() throws IOException {
        proxy.begin(traffic);
        return new Connection(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    /** One end of a connection, which speaks and reads in Latin-1. */
    private record Connection(Socket socket, BufferedReader reader) implements AutoCloseable {

        Connection(Socket socket) throws IOException {
            this(
                    socket,
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        }

        void say(String text) {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<String> head() {
            List<String> lines = new java.util.ArrayList<>();
            String line = line();
            while (line != null && !line.isEmpty()) {
                lines.add(line);
                line = line();
            }
            return lines;
        }

        List<String> lines(int count) {
            return java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> String.valueOf(line()))
                    .toList();
        }

        String chars(int count) {
            try {
                char[] text = new char[count];
                int read = 0;
                while (read < count) {
                    read += reader.read(text, read, count - read);
                }
                return new String(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Integer> bytes(int count) {
            return chars(count).chars().boxed().toList();
        }

        String rest() {
            StringBuilder text = new StringBuilder();
            try {
                for (int c = reader.read(); c >= 0; c = reader.read()) {
                    text.append((char) c);
                }
            } catch (IOException e) {
                // Reset: that was all.
            }
            return text.toString();
        }

        private @org.jspecify.annotations.Nullable String line() {
            try {
                return reader.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Serves one connection as told, and ends it. */
    private record Server(ServerSocket listener) implements AutoCloseable {

        Server(Consumer<Connection> answer) throws IOException {
            this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(() -> {
                try (Connection connection = new Connection(listener.accept())) {
                    answer.accept(connection);
                } catch (IOException | UncheckedIOException e) {
                    // The test has ended.
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
