// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.system.control.ManualClock;
import dev.drover.system.control.egress.AddressFilter;
import dev.drover.system.control.egress.AddressRange;
import dev.drover.system.control.egress.EgressRules;
import dev.drover.webhook.control.Post.Answer;
import dev.drover.webhook.control.Post.Answered;
import dev.drover.webhook.control.Post.Letter;
import dev.drover.webhook.control.Post.Unanswered;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a receiver may do to whoever sends to it. */
@Timeout(60)
class WebPostTest {

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, String> heard = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private HttpServer server;
    private WebPost post;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        post = post(List.of(AddressRange.parse("127.0.0.0/8")));
    }

    private WebPost post(List<AddressRange> opened) {
        WebPost made = new WebPost(
                new EgressRules(new AddressFilter(opened), this::resolve), MailRoom.settings(), new ManualClock());
        made.start(timers);
        return made;
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        lookUps.incrementAndGet();
        return switch (host) {
            case "receiver.example.com" -> List.of(InetAddress.getLoopbackAddress());
            case "nowhere.example.com" -> throw new UnknownHostException(host);
            default -> List.of(InetAddress.getAllByName(host));
        };
    }

    @AfterEach
    void close() {
        server.stop(0);
        post.stop();
        timers.shutdownNow();
    }

    @Test
    void theBodyAndTheHeadersArriveAsTheyAre() {
        serve("/hook", exchange -> {
            heard.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            heard.put("id", exchange.getRequestHeaders().getFirst("webhook-id"));
            heard.put("type", exchange.getRequestHeaders().getFirst("Content-Type"));
            heard.put("host", exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, 202, "thänks");
        });

        Answer answer = post.send(letter("receiver.example.com", "/hook?a=b"));

        assertThat(answer).isEqualTo(new Answered(202, "thänks", null));
        assertThat(heard)
                .containsEntry("body", "{\"task\":\"Körprov\"}")
                .containsEntry("id", "an-id")
                .containsEntry(
                        "host", "receiver.example.com:" + server.getAddress().getPort());
        assertThat(heard.get("type")).startsWith("application/json");
    }

    @Test
    void aRedirectIsNotFollowed() {
        serve("/there", exchange -> {
            heard.put("there", "asked");
            answer(exchange, 200, "");
        });
        serve("/hook", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://169.254.169.254/latest/meta-data/");
            answer(exchange, 302, "");
        });

        assertThat(post.send(letter("127.0.0.1", "/hook")))
                .isInstanceOfSatisfying(Answered.class, answered -> assertThat(answered.status())
                        .isEqualTo(302));
        assertThat(heard).isEmpty();
    }

    @Test
    void ofALargeAnswerOnlyTheStartIsRead() {
        AtomicInteger sent = new AtomicInteger();
        serve("/hook", exchange -> {
            exchange.sendResponseHeaders(200, 3L << 30);
            byte[] block = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                for (long left = 3L << 30; left > 0; left -= block.length) {
                    body.write(block);
                    sent.addAndGet(block.length >> 10);
                }
            }
        });

        assertThat(post.send(letter("127.0.0.1", "/hook"))).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.start()).startsWith("0123456789abcdef").hasSize(1001);
        });
        assertThat(sent.get()).as("kilobytes").isLessThan(64 * 1024);
    }

    @Test
    void whoNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Instant begin = Instant.now();

            Answer answer = post.send(letter("127.0.0.1", silent.getLocalPort(), "/"));

            assertThat(answer).isInstanceOfSatisfying(Unanswered.class, none -> assertThat(none.error())
                    .isEqualTo("timeout"));
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whoAnswersByteByByteIsGivenUpToo() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(slow));
            Instant begin = Instant.now();

            Answer answer = post.send(letter("127.0.0.1", slow.getLocalPort(), "/"));

            assertThat(answer).isInstanceOfSatisfying(Unanswered.class, none -> assertThat(none.error())
                    .isEqualTo("timeout"));
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void anAddressThatIsNotOpenIsNotDialled() {
        WebPost strict = post(List.of());

        assertThat(strict.send(letter("receiver.example.com", "/hook")))
                .isInstanceOfSatisfying(Unanswered.class, none -> {
                    assertThat(none.error()).isEqualTo("refused_address");
                    assertThat(none.isFinal()).isTrue();
                });
        strict.stop();
    }

    @Test
    void aNameIsLookedUpOnceForWhatIsCheckedAndDialled() {
        serve("/hook", exchange -> answer(exchange, 200, ""));

        post.send(letter("receiver.example.com", "/hook"));

        assertThat(lookUps).hasValue(1);
    }

    @Test
    void whatCannotBeReachedSaysWhy() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(post.send(letter("127.0.0.1", closed, "/")))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.error()).isEqualTo("connection"));
        assertThat(post.send(letter("nowhere.example.com", "/")))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.error()).isEqualTo("name_not_resolved"));
    }

    @Test
    void aServerThatStopsDoesNotWaitForWhoeverHangs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        serve("/hangs", exchange -> {
            asked.countDown();
            awaitQuietly(over);
        });
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(
                () -> post.send(letter("127.0.0.1", "/hangs")), Thread::startVirtualThread);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        post.breakOffAfter(Duration.ofMillis(10));

        assertThat(answer.get(MailRoom.settings().timeout().toMillis() / 2, TimeUnit.MILLISECONDS))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.error()).isEqualTo(Post.SERVER_STOPPED));
        assertThat(post.send(letter("127.0.0.1", "/hangs"))).isInstanceOf(Unanswered.class);
        over.countDown();
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            boolean unused = over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatTheReceiverWishesIsRead() {
        serve("/seconds", exchange -> retryAfter(exchange, "120"));
        serve("/date", exchange -> retryAfter(exchange, "Sun, 22 Nov 2026 10:01:00 GMT"));
        serve("/past", exchange -> retryAfter(exchange, "Sun, 22 Nov 2025 10:01:00 GMT"));
        serve("/word", exchange -> retryAfter(exchange, "soon"));

        assertThat(wish("/seconds")).isEqualTo(Duration.ofMinutes(2));
        assertThat(wish("/date")).isEqualTo(Duration.ofMinutes(1));
        assertThat(wish("/past")).isNull();
        assertThat(wish("/word")).isNull();
    }

    private @Nullable Duration wish(String path) {
        return ((Answered) post.send(letter("127.0.0.1", path))).retryAfter();
    }

    private static void retryAfter(HttpExchange exchange, String value) throws IOException {
        exchange.getResponseHeaders().set("Retry-After", value);
        answer(exchange, 429, "");
    }

    /** A header line that never ends. */
    private static void drip(ServerSocket server) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                client.setSoTimeout(100);
                try {
                    while (client.getInputStream().read() >= 0) {
                        // The request, then nothing: this is the pause.
                    }
                } catch (java.net.SocketTimeoutException e) {
                    // On with the next byte.
                }
            }
        } catch (IOException e) {
            // The client has had enough.
        }
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void serve(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Letter letter(String host, String path) {
        return letter(host, server.getAddress().getPort(), path);
    }

    private static Letter letter(String host, int port, String path) {
        return new Letter(
                URI.create("http://" + host + ":" + port + path),
                Map.of("webhook-id", "an-id"),
                "{\"task\":\"Körprov\"}");
    }
}
