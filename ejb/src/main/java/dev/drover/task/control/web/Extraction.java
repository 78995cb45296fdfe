// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.PlaywrightException;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from a page. The whole tree of fields is one call to the page, however deep it is, and the page itself
 * tries again until everything that is required is there.
 */
public final class Extraction {

    /** What a record may hold as JSON text. */
    private static final int LARGEST = 10_000_000;

    private static final String SCRIPT = script();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebPage web;

    public Extraction(WebPage web) {
        this.web = web;
    }

    /**
     * Reads the fields, waiting for required ones.
     *
     * @param fields by their names, as in the schema of the task {@code extract}
     * @param pointer of {@code fields} in the parameters, for messages: {@code /fields}
     * @throws TaskFailure when a required field is not there in time or cannot be read as its type
     */
    public ObjectNode read(ObjectNode fields, String pointer, Duration atMost) {
        Instant end = Instant.now().plusMillis((long) web.millis(atMost));
        while (true) {
            double millis = Math.max(1, Duration.between(Instant.now(), end).toMillis());
            try {
                Map<?, ?> outcome = (Map<?, ?>) web.page()
                        .evaluate(
                                SCRIPT,
                                Map.of(
                                        "fields",
                                        JSON.convertValue(fields, Map.class),
                                        "pointer",
                                        pointer,
                                        "millis",
                                        millis));
                if (outcome.get("problem") instanceof Map<?, ?> problem) {
                    throw failure(problem, millis);
                }
                return checkedSize((ObjectNode) json(outcome.get("value"), fields));
            } catch (PlaywrightException e) {
                boolean movedOn = e.getMessage() != null && e.getMessage().contains("Execution context was destroyed");
                if (!movedOn || Instant.now().isAfter(end)) {
                    throw e;
                }
                web.page().waitForLoadState();
            }
        }
    }

    private TaskFailure failure(Map<?, ?> problem, double millis) {
        String where = problem.get("pointer") + items(problem.get("item"));
        String selector = String.valueOf(problem.get("selector"));
        return switch (String.valueOf(problem.get("kind"))) {
            case "bad_selector" ->
                new TaskFailure(
                        ErrorCategory.INVALID_INPUT,
                        "bad_selector",
                        "%s: '%s' is not a CSS selector.".formatted(where, selector));
            case "wrong_type" ->
                new TaskFailure(
                        ErrorCategory.EXPECTATION,
                        "wrong_type",
                        "%s: '%s' cannot be read as the type that the field names."
                                .formatted(where, problem.get("text")));
            case "no_attribute" ->
                new TaskFailure(
                        ErrorCategory.MISSING_SELECTOR,
                        "attribute_not_found",
                        "%s: the element that matches '%s' lacks the attribute. If that may be, say \"optional\": true."
                                .formatted(where, selector));
            default ->
                new TaskFailure(
                        ErrorCategory.MISSING_SELECTOR,
                        "element_not_found",
                        "%s: no element that matches '%s' came within %.1f s. If that may be, say \"optional\": true."
                                .formatted(where, selector, millis / 1000));
        };
    }

    private static String items(@Nullable Object indexes) {
        List<String> numbers = new ArrayList<>();
        if (indexes instanceof List<?> list) {
            list.forEach(index -> numbers.add(String.valueOf(((Number) index).intValue() + 1)));
        }
        return numbers.isEmpty() ? "" : " (item " + String.join(", in it ", numbers) + ")";
    }

    /** What the page returned, in the order in which the fields were asked for. */
    private static JsonNode json(@Nullable Object value, @Nullable JsonNode fields) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Map<?, ?> map -> {
                ObjectNode object = nodes.objectNode();
                if (fields != null) {
                    fields.properties()
                            .forEach(field -> object.set(
                                    field.getKey(),
                                    json(
                                            map.get(field.getKey()),
                                            field.getValue().get("fields"))));
                }
                yield object;
            }
            case List<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(item -> array.add(json(item, fields)));
                yield array;
            }
            case Double number -> number(number);
            case Integer number -> nodes.numberNode(number.longValue());
            case Boolean truth -> nodes.booleanNode(truth);
            default -> nodes.textNode(value.toString());
        };
    }

    private static JsonNode number(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole ? JsonNodeFactory.instance.numberNode((long) number) : JsonNodeFactory.instance.numberNode(number);
    }

    private static ObjectNode checkedSize(ObjectNode record) {
        if (record.toString().length() > LARGEST) {
            throw new TaskFailure(
                    ErrorCategory.TOO_LARGE,
                    "record_too_large",
                    "What was extracted is larger than %d characters. Ask for fewer fields or elements."
                            .formatted(LARGEST));
        }
        return record;
    }

    private static String script() {
        try (InputStream in = Extraction.class.getResourceAsStream("extract.js")) {
            if (in == null) {
                throw new IllegalStateException("extract.js is not beside " + Extraction.class.getName());
            }
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return script.substring(script.indexOf("async ("));
        } catch (IOException e) {
            throw new UncheckedIOException("extract.js is not readable", e);
        }
    }
}
