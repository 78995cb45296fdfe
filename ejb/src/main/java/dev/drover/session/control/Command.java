// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a message to rule over it, without holding the message a second time: it may have a hundred
 * megabytes. Values are kept of a few members only, and of those at most {@link #LONGEST} characters.
 *
 * @param fields by their path: {@code method}, {@code params.url}, {@code params.params.url}; objects and lists have
 *     the text {@code {}}
 */
record Command(Map<String, String> fields) {

    static final int LONGEST = 4096;

    /** What stands for an object or a list. */
    static final String STRUCTURE = "{}";

    private static final Set<String> KEPT = Set.of(
            "id",
            "guid",
            "method",
            "sessionId",
            "url",
            "path",
            "dir",
            "name",
            "files",
            "downloadPath",
            "proxy",
            "proxyServer",
            "proxyBypassList",
            "recordVideo",
            "localPaths",
            "localDirectory",
            "outputFile",
            "harPath",
            "resourcesDir",
            "tracesDir",
            "artifactsDir",
            "downloadsPath");

    private static final Set<String> ENTERED =
            Set.of("params", "params.params", "params.options", "params.data", "params.params.data");

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(5000)
                    .build())
            .build();

    Command {
        fields = Map.copyOf(fields);
    }

    /** @throws IOException when it is not a JSON object, or says something twice that counts */
    static Command read(ClientMessage message) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (Reader reader = message.reader();
                JsonParser parser = FACTORY.createParser(reader)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            read(parser, "", fields);
            if (parser.nextToken() != null) {
                throw new IOException("more than one object");
            }
        }
        return new Command(fields);
    }

    String text(String path) {
        return fields.getOrDefault(path, "");
    }

    boolean has(String path) {
        return fields.containsKey(path);
    }

    @Nullable
    String orNull(String path) {
        return fields.get(path);
    }

    private static void read(JsonParser parser, String path, Map<String, String> fields) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String own = path.isEmpty() ? name : path + "." + name;
            JsonToken value = parser.nextToken();
            boolean entered = value == JsonToken.START_OBJECT && ENTERED.contains(own);
            if (entered || (KEPT.contains(name) && value != JsonToken.VALUE_NULL)) {
                // Another reader may believe the second one where this one believes the first.
                if (fields.put(own, text(parser, value)) != null) {
                    throw new IOException(own + " is there twice");
                }
            }
            if (entered) {
                read(parser, own, fields);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static String text(JsonParser parser, JsonToken value) throws IOException {
        if (value.isStructStart()) {
            return STRUCTURE;
        }
        String text = parser.getText();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
