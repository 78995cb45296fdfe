// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.browser.control.live.Audience;
import dev.drover.browser.control.live.Viewer;
import dev.drover.system.control.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session's page looks like, as pictures that come when it changes. The browser makes the next picture when it is told
 * that the last one was taken; that is told when a viewer has it, and not too often, so that a busy page does not take a
 * core.
 */
final class LiveView implements LiveSession.Connection {

    private static final Logger LOG = System.getLogger(LiveView.class.getName());

    /** At most twelve pictures a second: more cost a busy page over half a core. */
    private static final long BETWEEN_PICTURES = Duration.ofMillis(80).toNanos();

    /** So rare are pictures that nobody takes. */
    private static final long PATIENCE_MILLISECONDS = 1000;

    private static final long BEFORE_ANOTHER_LINE_MILLISECONDS = 1000;

    /** The first picture comes at once. A browser that was asked in the middle of a navigation never sends any. */
    private static final long BEFORE_ASKED_AGAIN_MILLISECONDS = 500;

    /** The browser does not tell of a title that a script changes: it is looked up soon after a picture. */
    private static final long BEFORE_TITLE_MILLISECONDS = 400;

    private static final String SCREENCAST = "{\"format\":\"jpeg\",\"quality\":60,\"maxWidth\":1280,\"maxHeight\":720}";

    /** What a person would copy; not from password fields, as browsers have it. */
    private static final String SELECTION =
            "(field => field && field.type !== 'password' && typeof field.selectionStart === 'number'"
                    + " ? field.value.slice(field.selectionStart, field.selectionEnd)"
                    + " : String(getSelection()))(document.activeElement)";

    private final LiveSession session;
    private final HttpClient http;
    private final Consumer<LiveView> over;
    private final Audience audience = new Audience();
    /** Those that are open, in the order in which they were opened. Of the line's thread. */
    private final Map<String, JsonNode> targets = new LinkedHashMap<>();

    private final AtomicBoolean describing = new AtomicBoolean();
    private volatile Runnable leaving = () -> {};
    private volatile boolean closed;
    private volatile boolean pictured;
    private volatile @Nullable DevToolsLine line;
    private volatile @Nullable String page;
    private volatile @Nullable String target;
    private volatile String size = "";
    private volatile String description = "";
    private long lastPicture;

    /** @param over is told when there is nothing to see any more */
    LiveView(LiveSession session, HttpClient http, Consumer<LiveView> over) {
        this.session = session;
        this.http = http;
        this.over = over;
    }

    /** @throws IOException when the browser does not answer */
    void open() throws IOException {
        openLine();
        leaving = session.join(this);
    }

    private void openLine() throws IOException {
        DevToolsLine opened = DevToolsLine.open(
                http,
                session.devTools().orElseThrow(() -> new IOException("no DevTools")),
                this::heard,
                this::lineLost);
        targets.clear();
        page = null;
        target = null;
        line = opened;
        if (closed) {
            opened.close();
        }
        // Each page that is there is told as one that is made.
        give(
                "Target.setDiscoverTargets",
                Json.readObject("{\"discover\":true,\"filter\":[{\"type\":\"page\"}]}"),
                null);
    }

    /** Mostly the browser is gone with it: then the session says so itself, and why. */
    private void lineLost() {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> {
                    if (closed || !session.browser().isAlive()) {
                        return;
                    }
                    try {
                        openLine();
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "the browser does not answer", e);
                        lineLost();
                    }
                },
                CompletableFuture.delayedExecutor(BEFORE_ANOTHER_LINE_MILLISECONDS, TimeUnit.MILLISECONDS));
    }

    void add(Viewer viewer) {
        audience.add(viewer);
        if (!size.isEmpty()) {
            viewer.tell(size);
        }
        if (!description.isEmpty()) {
            viewer.tell(description);
        }
        session.seen();
    }

    /** @return whether nobody is left */
    boolean remove(Viewer viewer) {
        return audience.remove(viewer);
    }

    /** What a viewer says. */
    void said(Viewer viewer, JsonNode message) {
        String type = message.path("type").asText();
        if (type.equals("take_control")) {
            audience.give(viewer);
        } else if (viewer.equals(audience.inControl())) {
            session.seen();
            switch (type) {
                case "copy" -> copy(viewer);
                case "back" -> turn(viewer, -1);
                case "forward" -> turn(viewer, 1);
                default ->
                    LiveInput.of(message)
                            .ifPresentOrElse(input -> perform(viewer, type, input), () -> refuse(viewer, type));
            }
        }
    }

    private static void refuse(Viewer viewer, String type) {
        if (type.equals("goto")) {
            error(viewer, "Pages may be reached by http and https only.");
        }
    }

    private void perform(Viewer viewer, String type, LiveInput input) {
        CompletableFuture<JsonNode> unused = ask(input.method(), input.params(), page)
                .whenComplete((done, failure) -> {
                    if (failure != null && type.equals("goto")) {
                        error(viewer, "The browser cannot open this address.");
                    }
                });
    }

    private static void error(Viewer viewer, String message) {
        viewer.tell(Json.readObject("{}")
                .put("type", "error")
                .put("message", message)
                .toString());
    }

    private void copy(Viewer viewer) {
        ObjectNode params = Json.readObject("{}").put("expression", SELECTION).put("returnByValue", true);
        CompletableFuture<Void> unused = ask("Runtime.evaluate", params, page).thenAccept(answer -> {
            ObjectNode clipboard = Json.readObject("{}").put("type", "clipboard");
            clipboard.put("text", answer.path("result").path("value").asText());
            viewer.tell(clipboard.toString());
        });
    }

    /** To the page before or after this one. */
    private void turn(Viewer viewer, int pages) {
        String of = page;
        CompletableFuture<Void> unused = ask("Page.getNavigationHistory", Json.readObject("{}"), of)
                .thenAccept(history -> {
                    int index = history.path("currentIndex").asInt() + pages;
                    JsonNode entry = history.path("entries").path(index);
                    if (index < 0 || entry.isMissingNode()) {
                        error(
                                viewer,
                                pages < 0 ? "There is no page before this one." : "There is no page after this one.");
                        return;
                    }
                    ObjectNode params = Json.readObject("{}")
                            .put("entryId", entry.path("id").asInt());
                    give("Page.navigateToHistoryEntry", params, of);
                });
    }

    @Override
    public void sessionEnded(String reason) {
        close();
        audience.forEach(viewer -> viewer.ended("The session has ended: " + reason + "."));
        over.accept(this);
    }

    void close() {
        closed = true;
        leaving.run();
        DevToolsLine open = line;
        if (open != null) {
            open.close();
        }
    }

    private void heard(JsonNode event) {
        JsonNode params = event.path("params");
        JsonNode info = params.path("targetInfo");
        String id = info.path("targetId").asText();
        switch (event.path("method").asText()) {
            case "Target.targetCreated" -> {
                targets.put(id, info);
                look(id);
            }
            case "Target.targetInfoChanged" -> {
                targets.replace(id, info);
                if (id.equals(target)) {
                    describe(info);
                }
            }
            case "Target.targetDestroyed" -> gone(params.path("targetId").asText());
            case "Page.screencastFrame" -> {
                String from = event.path("sessionId").asText();
                if (from.equals(page)) {
                    show(params, from);
                }
            }
            default -> {
                // Of no interest.
            }
        }
    }

    /** Looks at another page. */
    private void look(String id) {
        target = id;
        describe(targets.getOrDefault(id, MissingNode.getInstance()));
        ObjectNode attach = Json.readObject("{\"flatten\":true}").put("targetId", id);
        CompletableFuture<Void> unused = ask("Target.attachToTarget", attach, null)
                .thenAccept(answer -> {
                    String attached = answer.path("sessionId").asText();
                    String before = page;
                    if (!id.equals(target)) {
                        detach(attached); // Another page was opened in the meantime.
                        return;
                    }
                    page = attached;
                    give("Page.enable", Json.readObject("{}"), attached);
                    startPictures(attached);
                    if (before != null) {
                        detach(before);
                    }
                });
    }

    private void startPictures(String attached) {
        pictured = false;
        give("Page.startScreencast", Json.readObject(SCREENCAST), attached);
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> {
                    if (!closed && !pictured && attached.equals(page)) {
                        startPictures(attached);
                    }
                },
                CompletableFuture.delayedExecutor(BEFORE_ASKED_AGAIN_MILLISECONDS, TimeUnit.MILLISECONDS));
    }

    private void detach(String attached) {
        give("Target.detachFromTarget", Json.readObject("{}").put("sessionId", attached), null);
    }

    /** The page that was opened last of those that are left takes the place of one that was closed. */
    private void gone(String id) {
        targets.remove(id);
        if (id.equals(target)) {
            page = null;
            target = null;
            targets.keySet().stream().reduce((before, after) -> after).ifPresent(this::look);
        }
    }

    private void describe(JsonNode info) {
        ObjectNode told = Json.readObject("{}").put("type", "page");
        told.put("url", info.path("url").asText())
                .put("title", info.path("title").asText());
        String text = told.toString();
        if (!text.equals(description)) {
            description = text;
            audience.forEach(viewer -> viewer.tell(text));
        }
    }

    private void describeSoon() {
        if (!describing.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> {
                    describing.set(false);
                    String id = target;
                    if (id == null || closed) {
                        return;
                    }
                    ObjectNode of = Json.readObject("{}").put("targetId", id);
                    CompletableFuture<Void> unusedToo = ask("Target.getTargetInfo", of, null)
                            .thenAccept(answer -> {
                                if (id.equals(target)) {
                                    describe(answer.path("targetInfo"));
                                }
                            });
                },
                CompletableFuture.delayedExecutor(BEFORE_TITLE_MILLISECONDS, TimeUnit.MILLISECONDS));
    }

    private void show(JsonNode frame, String from) {
        pictured = true;
        byte[] jpeg = Base64.getDecoder().decode(frame.path("data").asText());
        tellSize(frame.path("metadata"));
        describeSoon();
        long pause = BETWEEN_PICTURES - (System.nanoTime() - lastPicture);
        lastPicture = System.nanoTime() + Math.max(0, pause);
        ObjectNode taken =
                Json.readObject("{}").put("sessionId", frame.path("sessionId").asInt());
        Executor later = CompletableFuture.delayedExecutor(Math.max(0, pause), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = audience.show(jpeg)
                .completeOnTimeout(null, PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS)
                .thenRunAsync(() -> give("Page.screencastFrameAck", taken, from), later);
    }

    /** So that viewers know what a point of the picture is in pixels of the page. */
    private void tellSize(JsonNode metadata) {
        ObjectNode told = Json.readObject("{}").put("type", "size");
        told.put("width", metadata.path("deviceWidth").asInt())
                .put("height", metadata.path("deviceHeight").asInt());
        String text = told.toString();
        if (!text.equals(size)) {
            size = text;
            audience.forEach(viewer -> viewer.tell(text));
        }
    }

    /** A command whose answer says nothing. */
    private void give(String method, ObjectNode params, @Nullable String to) {
        CompletableFuture<JsonNode> unused = ask(method, params, to);
    }

    private CompletableFuture<JsonNode> ask(String method, ObjectNode params, @Nullable String to) {
        DevToolsLine open = line;
        if (open == null) {
            return CompletableFuture.failedFuture(new IOException("no line"));
        }
        CompletableFuture<JsonNode> answer = open.send(method, params, to);
        CompletableFuture<JsonNode> unused = answer.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(Level.DEBUG, method + " was not possible", failure);
            }
        });
        return answer;
    }
}
