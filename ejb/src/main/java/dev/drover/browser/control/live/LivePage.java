// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Screencast;
import com.microsoft.playwright.ScreencastFrame;
import com.microsoft.playwright.options.ScreenshotType;
import com.microsoft.playwright.options.ViewportSize;
import dev.drover.system.control.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A page that people watch and use while the thread that owns it waits for them. Of what the page opens, the newest page is
 * shown. Viewers come, go and speak on any thread; the page is touched on its owner's alone, in {@link #tend} and
 * {@link #close}.
 */
public final class LivePage implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LivePage.class.getName());
    private static final String HANDED_BACK = "The page was handed back.";
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int QUALITY = 60;
    private static final int MOST_INPUT = 512;

    private final Audience audience = new Audience();
    private final Queue<Said> input = new ArrayBlockingQueue<>(MOST_INPUT);
    private final Page own;
    private @Nullable Page shown;
    private volatile boolean changed;
    private volatile boolean over;
    private volatile String size = "";

    private record Said(Viewer viewer, JsonNode message) {}

    public LivePage(Page page) {
        own = page;
    }

    /** Lets somebody watch. */
    public Place watch(Viewer viewer) {
        if (over) {
            viewer.ended(HANDED_BACK);
        } else {
            audience.add(viewer);
            if (!size.isEmpty()) {
                viewer.tell(size);
            }
            changed = true;
        }
        return new Place() {
            @Override
            public void said(JsonNode message) {
                hear(viewer, message);
            }

            @Override
            public void leave() {
                audience.remove(viewer);
                changed = true;
            }
        };
    }

    /** Of those who say too much at once, some is not heard. */
    private void hear(Viewer viewer, JsonNode message) {
        if (message.path("type").asText().equals("take_control")) {
            audience.give(viewer);
        } else if (viewer.equals(audience.inControl())) {
            boolean unused = input.offer(new Said(viewer, message));
        }
    }

    /** Whether {@link #tend} has something to do. */
    public boolean isStirring() {
        return changed || !input.isEmpty();
    }

    /** Does what the viewers want, and shows them the page. */
    public void tend() {
        changed = false;
        try {
            look();
            for (Said next = input.poll(); next != null; next = input.poll()) {
                Said after = input.peek();
                // Only the last of several movements counts.
                if (after == null || !isMove(next.message()) || !isMove(after.message())) {
                    perform(next);
                }
            }
        } catch (PlaywrightException e) {
            LOG.log(Level.DEBUG, "the page did not take it", e);
        }
    }

    private static boolean isMove(JsonNode message) {
        return message.path("event").asText().equals("move");
    }

    private void perform(Said said) {
        Page page = shown;
        if (page == null || page.isClosed()) {
            return;
        }
        if (said.message().path("type").asText().equals("copy")) {
            ObjectNode clipboard = Json.readObject("{}").put("type", "clipboard");
            clipboard.put("text", String.valueOf(page.evaluate("() => String(window.getSelection())")));
            said.viewer().tell(clipboard.toString());
            return;
        }
        try {
            PageInput.perform(page, said.message());
        } catch (PlaywrightException e) {
            LOG.log(Level.DEBUG, "the page did not take what a viewer did", e);
        }
    }

    /** Shows the newest page while somebody watches, and none when nobody does. */
    private void look() {
        Page wanted = audience.isEmpty() ? null : newest();
        if (wanted == shown) {
            return;
        }
        hide();
        shown = wanted;
        if (wanted != null) {
            show(wanted);
        }
    }

    private Page newest() {
        return own.context().pages().stream()
                .filter(page -> !page.isClosed())
                .reduce((before, after) -> after)
                .orElse(own);
    }

    private void show(Page page) {
        page.bringToFront();
        AutoCloseable unused = page.screencast()
                .start(new Screencast.StartOptions()
                        .setSize(WIDTH, HEIGHT)
                        .setQuality(QUALITY)
                        .setOnFrame(this::picture));
        // A page that does not change sends no frame.
        ViewportSize viewport = page.viewportSize();
        if (viewport != null) {
            tellSize(viewport.width, viewport.height);
        }
        CompletableFuture<Void> unusedPicture = audience.show(page.screenshot(
                new Page.ScreenshotOptions().setType(ScreenshotType.JPEG).setQuality(QUALITY)));
        ObjectNode told = Json.readObject("{}").put("type", "page");
        told.put("url", page.url()).put("title", page.title());
        audience.forEach(viewer -> viewer.tell(told.toString()));
    }

    private void picture(ScreencastFrame frame) {
        tellSize(frame.viewportWidth(), frame.viewportHeight());
        CompletableFuture<Void> unused = audience.show(frame.data());
    }

    /** So that viewers know what a point of the picture is in pixels of the page. */
    private void tellSize(int width, int height) {
        String text = Json.readObject("{}")
                .put("type", "size")
                .put("width", width)
                .put("height", height)
                .toString();
        if (!text.equals(size)) {
            size = text;
            audience.forEach(viewer -> viewer.tell(text));
        }
    }

    private void hide() {
        Page before = shown;
        if (before != null && !before.isClosed()) {
            before.screencast().stop();
        }
        shown = null;
    }

    /** Ends it for all who watch. */
    @Override
    public void close() {
        over = true;
        audience.forEach(viewer -> viewer.ended(HANDED_BACK));
        try {
            hide();
        } catch (PlaywrightException e) {
            LOG.log(Level.DEBUG, "the page is gone", e);
        }
    }
}
