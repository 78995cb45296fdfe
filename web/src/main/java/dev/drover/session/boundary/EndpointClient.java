// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpClient;
import java.time.Duration;

/** Reaches the browsers of this node on loopback. */
@ApplicationScoped
public class EndpointClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private HttpClient http;

    @Resource
    private ManagedExecutorService threads;

    @SuppressWarnings("NullAway.Init") // injected, and made below
    public EndpointClient() {}

    @PostConstruct
    void open() {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads)
                .build();
    }

    HttpClient http() {
        return http;
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }
}
