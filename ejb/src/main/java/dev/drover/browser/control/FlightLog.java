// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.WebError;
import com.microsoft.playwright.options.Timing;
import dev.drover.system.control.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of a context wrote to their consoles and asked of the network, the last of it, in memory only. Listens
 * from the moment it is made. Nothing of it calls the browser: it keeps what the driver tells anyway once somebody
 * listens. No headers and no bodies, which are full of secrets.
 *
 * <p>Belongs to the thread of its browser, and never breaks a run.
 */
final class FlightLog {

    private static final System.Logger LOG = System.getLogger(FlightLog.class.getName());

    static final int MOST_LINES = 1_000;
    static final int MOST_TEXT = 512 * 1024;
    static final int LONGEST_TEXT = 2_000;

    /** A page that says or asks this much would keep the driver busy with nothing else: no more is heard of it. */
    static final int PATIENCE = 10_000;

    /** A line of a page's console, or an exception that no one caught in it. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Spoken(Instant time, String type, String text, String location) implements BoundedLog.Line {
        @Override
        public int weight() {
            return text.length() + location.length() + 64;
        }
    }

    /**
     * A request with its end.
     *
     * @param status of the response; null when none came, or when it was not complete when the run ended
     * @param durationMs until the end of the response; null when it did not end
     * @param failure why there is no response, in the browser's words; {@code pending} when the run ended first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Exchange(
            Instant time,
            String method,
            String url,
            String type,
            @Nullable Integer status,
            @Nullable Long durationMs,
            @Nullable String failure)
            implements BoundedLog.Line {
        @Override
        public int weight() {
            return url.length() + 96;
        }
    }

    private final BrowserContext context;
    private final BoundedLog<Spoken> console = new BoundedLog<>(MOST_LINES, MOST_TEXT);
    private final BoundedLog<Exchange> network = new BoundedLog<>(MOST_LINES, MOST_TEXT);
    private final Map<Request, Instant> open = new LinkedHashMap<>();

    private final Consumer<ConsoleMessage> onMessage = safely(this::spoke);
    private final Consumer<WebError> onError = safely(this::threw);
    private final Consumer<Request> onRequest = safely(this::asked);
    private final Consumer<Request> onEnd = safely(this::ended);

    FlightLog(BrowserContext context) {
        this.context = context;
        context.onConsoleMessage(onMessage);
        context.onWebError(onError);
        context.onRequest(onRequest);
        context.onRequestFinished(onEnd);
        context.onRequestFailed(onEnd);
    }

    /** A JSON object a line, oldest first. */
    Stream<String> consoleLines() {
        return lines(console);
    }

    /** A JSON object a line, in the order in which the requests ended; those that did not end come last. */
    Stream<String> networkLines() {
        Stream<String> pending = open.entrySet().stream()
                .map(entry -> Json.write(exchange(entry.getKey(), entry.getValue(), "pending")));
        return Stream.concat(lines(network), pending);
    }

    private static Stream<String> lines(BoundedLog<?> log) {
        Stream<String> said = log.lines().stream().map(Json::write);
        return log.dropped() == 0
                ? said
                : Stream.concat(Stream.of(Json.write(Map.of("lines_before", log.dropped()))), said);
    }

    private void spoke(ConsoleMessage message) {
        console.add(new Spoken(
                Instant.ofEpochMilli((long) message.timestamp()),
                message.type(),
                shortened(message.text()),
                shortened(message.location())));
        if (console.seen() == PATIENCE) {
            context.offConsoleMessage(onMessage);
        }
    }

    private void threw(WebError error) {
        console.add(new Spoken(Instant.now(), "exception", shortened(error.error()), ""));
    }

    private void asked(Request request) {
        open.put(request, Instant.now());
        if (open.size() > MOST_LINES) {
            open.remove(open.keySet().iterator().next());
        }
    }

    private void ended(Request request) {
        Instant began = open.remove(request);
        network.add(exchange(request, began == null ? Instant.now() : began, request.failure()));
        if (network.seen() == PATIENCE) {
            context.offRequest(onRequest);
            context.offRequestFinished(onEnd);
            context.offRequestFailed(onEnd);
            open.clear();
        }
    }

    private static Exchange exchange(Request request, Instant heard, @Nullable String failure) {
        Response response = request.existingResponse();
        Timing timing = request.timing();
        boolean timed = timing != null && timing.startTime > 0;
        return new Exchange(
                timed ? Instant.ofEpochMilli((long) timing.startTime) : heard,
                request.method(),
                shortened(withoutUser(request.url())),
                request.resourceType(),
                response == null ? null : response.status(),
                timed && timing.responseEnd >= 0 && failure == null ? (Long) (long) timing.responseEnd : null,
                failure);
    }

    /** Names and passwords in an address are nobody's business. */
    private static String withoutUser(String url) {
        int host = url.indexOf("://") + 3;
        int at = url.indexOf('@');
        int path = url.indexOf('/', host);
        return host > 2 && at > host && (path < 0 || at < path) ? url.substring(0, host) + url.substring(at + 1) : url;
    }

    private static String shortened(@Nullable String text) {
        if (text == null) {
            return "";
        }
        int most = text.startsWith("data:") ? 100 : LONGEST_TEXT;
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** An exception of a listener would be one of whatever the run calls next. */
    private static <E> Consumer<E> safely(Consumer<E> listener) {
        return event -> {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "something of a page went past the log", e);
            }
        };
    }
}
