// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives webhooks on paths that tests make up, and does to the sender what they say. */
final class Receiver implements AutoCloseable {

    /** What happens to a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A webhook as it came. */
    record Heard(String id, String timestamp, String signature, String body, Instant at) {

        JsonNode json() {
            return Json.read(body);
        }

        String type() {
            return json().path("event_type").asText();
        }

        String job() {
            return json().path("job_id").asText();
        }

        /** Whether one of the signatures is that of the secret, as the specification computes it. */
        boolean isSignedWith(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
                byte[] content = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
                String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
                return Arrays.asList(signature.split(" ")).contains(expected);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, List<Heard>> heard = new ConcurrentHashMap<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

    private Receiver(HttpServer server) {
        this.server = server;
    }

    static Receiver start() {
        try {
            Receiver receiver =
                    new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            receiver.server.setExecutor(receiver.threads);
            receiver.server.createContext("/", receiver::receive);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address that takes what comes, with status 204. */
    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** An address that does something else. */
    String url(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        return url(path);
    }

    /** What came to a path, in the order of its coming. */
    List<Heard> at(String path) {
        return List.copyOf(heard.getOrDefault(path, List.of()));
    }

    static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.computeIfAbsent(path, first -> new CopyOnWriteArrayList<>())
                .add(new Heard(
                        header(exchange, "webhook-id"),
                        header(exchange, "webhook-timestamp"),
                        header(exchange, "webhook-signature"),
                        body,
                        Instant.now()));
        try (exchange) {
            behaviours.getOrDefault(path, taken -> status(taken, 204)).answer(exchange);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
