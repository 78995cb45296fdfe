// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one way in which Drover reads and writes JSON: snake case, RFC 3339 timestamps, unknown fields refused. */
public final class Json {

    /** Thread-safe. Not to be configured further. */
    public static final ObjectMapper MAPPER = mapper();

    private Json() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(16 * 1024 * 1024)
                        .build());
        return mapper;
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * Reads JSON that Drover wrote itself.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /** As lists, maps, texts, numbers and truth values; null for nothing. */
    public static @Nullable Object plain(@Nullable JsonNode json) {
        return json == null ? null : MAPPER.convertValue(json, Object.class);
    }

    /** Reads a JSON object that Drover wrote itself. */
    public static ObjectNode readObject(String json) {
        return read(json).require();
    }

    /** Reads a JSON object of strings that Drover wrote itself. */
    public static Map<String, String> readTexts(String json) {
        if ("{}".equals(json)) {
            return Map.of();
        }
        Map<String, String> texts = new TreeMap<>();
        read(json)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
