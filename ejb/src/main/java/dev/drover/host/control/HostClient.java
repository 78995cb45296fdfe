// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks to the hosts. Their addresses come from administrators, so that private ones are as good as others. */
@ApplicationScoped
public class HostClient {

    /**
     * What a host has answered.
     *
     * @param contentType as it says; empty where it says nothing
     */
    public record Answer(int status, String contentType, String body) {}

    /** What a host sends as long as somebody reads it. */
    public record Stream(String contentType, InputStream content) {}

    /** A screenshot of a large screen fits. */
    private static final int MOST_READ = 16 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HEALTH = Duration.ofSeconds(5);
    private static final Duration ACTION = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Whether {@code GET {url}/host/health} is answered well. */
    boolean lives(String url) {
        try {
            HttpRequest request = request(url, "/host/health").timeout(HEALTH).build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sends JSON to an address of a host.
     *
     * @param path as in {@code /host/remote/executeAction}
     * @throws IOException when the host does not answer, or too much
     */
    Answer post(String url, String path, String json) throws IOException {
        HttpRequest request = request(url, path)
                .timeout(ACTION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                byte[] body = in.readNBytes(MOST_READ + 1);
                if (body.length > MOST_READ) {
                    throw new IOException("the answer has more than " + MOST_READ + " bytes");
                }
                return new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        new String(body, StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            throw stopping();
        }
    }

    /**
     * Reads what does not end by itself.
     *
     * @return to be closed by the caller
     * @throws IOException when the host does not answer, or with anything but 200
     */
    Stream stream(String url, String path) throws IOException {
        HttpRequest request = request(url, path).timeout(ACTION).build(); // The limit is for its begin.
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new IOException("it answered " + answer.statusCode());
            }
            return new Stream(
                    answer.headers().firstValue("Content-Type").orElse("application/octet-stream"), answer.body());
        } catch (InterruptedException e) {
            throw stopping();
        }
    }

    private static HttpRequest.Builder request(String url, String path) throws IOException {
        try {
            return HttpRequest.newBuilder(URI.create(url + path));
        } catch (IllegalArgumentException e) {
            throw new IOException("this is no address: " + url + path, e);
        }
    }

    private static DroverException stopping() {
        Thread.currentThread().interrupt();
        return new DroverException(ErrorCode.UNAVAILABLE, "The server stops.");
    }
}
