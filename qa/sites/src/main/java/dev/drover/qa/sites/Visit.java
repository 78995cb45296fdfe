// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One request, read whole: these pages take no body worth streaming.
 *
 * @param body one character for each byte, whatever its encoding
 */
record Visit(String method, URI uri, String path, Map<String, String> query, Headers headers, String body) {

    static Visit of(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        return new Visit(
                exchange.getRequestMethod(),
                uri,
                uri.getPath(),
                form(uri.getRawQuery() == null ? "" : uri.getRawQuery()),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
    }

    boolean isPost() {
        return method.equals("POST");
    }

    String query(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    /** A whole number of the query string; what is no number, or out of range, counts as absent. */
    int number(String name, int otherwise, int most) {
        try {
            int value = Integer.parseInt(query(name, ""));
            return value < 0 || value > most ? otherwise : value;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    String cookie(String name) {
        for (String pair : header("Cookie").split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return parts[1];
            }
        }
        return "";
    }

    /** The last part of the path: {@code 404} of {@code /status/404}. */
    String lastSegment() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The fields of an {@code application/x-www-form-urlencoded} text. */
    static Map<String, String> form(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                fields.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
