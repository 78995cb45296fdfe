// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.qr;

import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import dev.drover.task.control.QrCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The codes of one element, as the page pushes them: a script in the page watches the element and tells of each change,
 * so that no time is lost with asking. Where the page does not give its picture away, as one from another site, the
 * element is photographed at each {@link #look}. Only a text that was not the last one counts as a new code.
 */
public final class QrStream implements QrCodes {

    private static final String SCRIPT = script();
    private static final int LONGEST_PICTURE = 4 * 1024 * 1024;
    private static final double PICTURE_MILLIS = 2_000;

    /**
     * A code as it is told.
     *
     * @param payload its text
     * @param dataUrl a PNG of it
     * @param retry how often the login was begun anew before
     */
    public record Code(String payload, String dataUrl, int retry) {}

    private final Locator element;
    private final String binding;
    private final Consumer<Code> told;
    private @Nullable ElementHandle watched;
    private boolean photographed;
    private boolean closed;
    private int retry;
    private byte[] lastPicture = new byte[0];
    private @Nullable String payload;

    /**
     * @param binding a name that no other stream of the page has
     * @param told of each new code, on the thread of the page
     */
    public QrStream(Page page, Locator element, String binding, Consumer<Code> told) {
        this.element = element;
        this.binding = binding;
        this.told = told;
        page.exposeBinding(binding, (source, arguments) -> {
            heard(arguments);
            return null;
        });
        look();
    }

    @Override
    public Optional<String> payload() {
        return Optional.ofNullable(payload);
    }

    @Override
    public void retry(int count) {
        retry = count;
    }

    @Override
    public void look() {
        if (closed) {
            return;
        }
        try {
            if (!isWatched()) {
                watch();
            }
            if (photographed) {
                photograph();
            }
        } catch (PlaywrightException e) {
            // The page went on between two steps: the next look finds the new one.
            if (!isOfALeftPage(e)) {
                throw e;
            }
            watched = null;
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean isWatched() {
        ElementHandle handle = watched;
        return handle != null && Boolean.TRUE.equals(handle.evaluate("root => root.isConnected"));
    }

    private void watch() {
        watched = null;
        List<ElementHandle> found = element.elementHandles();
        if (!found.isEmpty()) {
            photographed = false;
            watched = found.getFirst();
            found.getFirst().evaluate(SCRIPT, binding);
        }
    }

    private static boolean isOfALeftPage(PlaywrightException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("context was destroyed")
                || message.contains("attached")
                || message.contains("detached")
                || message.contains("disposed")
                || message.contains("navigation");
    }

    private void photograph() {
        try {
            if (element.count() > 0 && element.first().isVisible()) {
                take(element.first().screenshot(new Locator.ScreenshotOptions().setTimeout(PICTURE_MILLIS)));
            }
        } catch (TimeoutError e) {
            // It went while it was photographed, or stands behind something.
            watched = null;
        }
    }

    /** The page may say anything here: it is only believed as far as a code can be read in it. */
    private void heard(Object[] arguments) {
        if (closed || arguments.length != 1 || !(arguments[0] instanceof String said)) {
            return;
        }
        if (said.equals("picture")) {
            photographed = true;
        } else if (said.startsWith("data:image/") && said.length() < LONGEST_PICTURE) {
            int comma = said.indexOf(',');
            decoded(said.substring(comma + 1)).ifPresent(this::take);
        }
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void take(byte[] picture) {
        if (Arrays.equals(picture, lastPicture)) {
            return;
        }
        lastPicture = picture;
        QrReader.read(picture).filter(text -> !text.equals(payload)).ifPresent(text -> {
            payload = text;
            String png = Base64.getEncoder().encodeToString(QrReader.draw(text));
            told.accept(new Code(text, "data:image/png;base64," + png, retry));
        });
    }

    private static String script() {
        try (InputStream in = QrStream.class.getResourceAsStream("watch.js")) {
            if (in == null) {
                throw new IllegalStateException("watch.js is not beside " + QrStream.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("//"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
