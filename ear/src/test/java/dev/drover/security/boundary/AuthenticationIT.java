// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.qa.container.InContainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/**
 * The authentication mechanism between the server's web container and the API, seen from outside. This client asks for an
 * upgrade to HTTP/2 with each request, which once was a way around the gate.
 */
@InContainer
@RunAsClient
@SuppressWarnings("NullAway.Init") // injected
class AuthenticationIT {

    @ArquillianResource
    private URL server;

    @Test
    void nobodyIsToldToSendAToken() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("\"unauthenticated\"");
    }

    @Test
    void aWrongTokenIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request().header("Authorization", "Bearer not-the-token-of-this-server"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    @Test
    void theAdministratorsTokenGivesItsRolesToTheApi() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(request().header("Authorization", "Bearer " + System.getenv("API_SECRET_TOKEN")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"user_id\":\"admin\"", "\"roles\":[\"admin\",\"user\"]");
    }

    @Test
    void aWishForAWebSocketIsNoWayAroundTheGate() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.getOutputStream().write("""
                    GET /api/v1/me HTTP/1.1\r
                    Host: drover\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));

            String statusLine = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(statusLine).startsWith("HTTP/1.1 401");
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + "/api/v1/me"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
