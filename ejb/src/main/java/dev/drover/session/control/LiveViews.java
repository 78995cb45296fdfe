// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.live.Place;
import dev.drover.browser.control.live.Viewer;
import dev.drover.system.control.Json;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets people watch sessions; one view serves all who watch the same. */
@ApplicationScoped
public class LiveViews {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String PAGES = "{\"filter\":[{\"type\":\"page\"}]}";
    private static final String JPEG = "{\"format\":\"jpeg\",\"quality\":50,\"optimizeForSpeed\":true}";

    private final Map<UUID, LiveView> views = new HashMap<>();
    private HttpClient http;

    @Resource
    private ManagedExecutorService threads;

    @SuppressWarnings("NullAway.Init") // injected, and made below
    public LiveViews() {}

    @PostConstruct
    void open() {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads)
                .build();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    /** @throws IOException when there is nothing to see */
    public Place watch(LiveSession session, Viewer viewer) throws IOException {
        LiveView view;
        synchronized (views) {
            LiveView known = views.get(session.id());
            view = known == null ? opened(session) : known;
            view.add(viewer);
        }
        return new Place() {
            @Override
            public void said(JsonNode message) {
                view.said(viewer, message);
            }

            @Override
            public void leave() {
                synchronized (views) {
                    if (view.remove(viewer)) {
                        view.close();
                        views.remove(session.id(), view);
                    }
                }
            }
        };
    }

    /**
     * What the page that was opened last looks like now.
     *
     * @return a JPEG; fails when the browser does not give one
     */
    CompletableFuture<byte[]> picture(LiveSession session) {
        try {
            DevToolsLine line = DevToolsLine.open(
                    http, session.devTools().orElseThrow(() -> new IOException("no DevTools")), event -> {}, () -> {});
            return line.send("Target.getTargets", Json.readObject(PAGES), null)
                    .thenCompose(answer -> line.send("Target.attachToTarget", lastOf(answer.path("targetInfos")), null))
                    .thenCompose(attached -> line.send(
                            "Page.captureScreenshot",
                            Json.readObject(JPEG),
                            attached.path("sessionId").asText()))
                    .thenApply(answer ->
                            Base64.getDecoder().decode(answer.path("data").asText()))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, failure) -> line.close());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static ObjectNode lastOf(JsonNode pages) {
        return Json.readObject("{\"flatten\":true}")
                .put("targetId", pages.path(pages.size() - 1).path("targetId").asText());
    }

    private LiveView opened(LiveSession session) throws IOException {
        LiveView made = new LiveView(session, http, view -> forget(session.id(), view));
        views.put(session.id(), made);
        try {
            made.open();
        } catch (IOException e) {
            views.remove(session.id(), made);
            throw e;
        }
        return made;
    }

    private void forget(UUID id, LiveView view) {
        synchronized (views) {
            views.remove(id, view);
        }
    }
}
