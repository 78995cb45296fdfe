// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task is, for the API, the console's form, the documentation and the validation of parameters.
 *
 * @param name the word in {@code task} of a job: lower-case letters, digits, dots and dashes
 * @param paramsSchema JSON Schema 2020-12 of the parameters, closed ({@code additionalProperties: false})
 * @param stages the words that progress uses, in their usual order
 * @param engines the engines that can run it, best first; empty when it needs no browser
 * @param defaultTimeout of one attempt when the job names none
 * @param defaultMaxAttempts attempts of a job that names none; null leaves it to the server
 */
public record TaskDescriptor(
        String name,
        String title,
        String description,
        ObjectNode paramsSchema,
        ObjectNode example,
        List<String> stages,
        List<String> engines,
        Duration defaultTimeout,
        @Nullable Integer defaultMaxAttempts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public TaskDescriptor {
        if (!name.matches("[a-z][a-z0-9.-]{0,63}")) {
            throw new IllegalArgumentException("not a task name: " + name);
        }
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(paramsSchema, "params_schema");
        requireNonNull(example, "example");
        stages = List.copyOf(stages);
        engines = List.copyOf(engines);
        if (defaultTimeout.isNegative() || defaultTimeout.isZero()) {
            throw new IllegalArgumentException("default_timeout_seconds of " + name + " must be positive");
        }
        if (defaultMaxAttempts != null && defaultMaxAttempts < 1) {
            throw new IllegalArgumentException("default_max_attempts of " + name + " must be positive");
        }
    }

    public boolean needsBrowser() {
        return !engines.isEmpty();
    }

    /**
     * Reads a descriptor from a JSON file beside the task's class, with the fields of this record in snake case
     * ({@code params_schema}, {@code default_timeout_seconds}); {@code default_max_attempts} may be left out.
     *
     * @throws IllegalArgumentException when the file is not there or is not a descriptor
     */
    public static TaskDescriptor fromResource(Class<?> task, String file) {
        try (InputStream in = task.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException(file + " is not beside " + task.getName());
            }
            JsonNode json = JSON.readTree(in);
            return new TaskDescriptor(
                    json.required("name").asText(),
                    json.required("title").asText(),
                    json.required("description").asText(),
                    json.required("params_schema").require(),
                    json.required("example").require(),
                    texts(json.required("stages")),
                    texts(json.required("engines")),
                    Duration.ofSeconds(json.required("default_timeout_seconds").asLong()),
                    json.has("default_max_attempts")
                            ? json.get("default_max_attempts").asInt()
                            : null);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
