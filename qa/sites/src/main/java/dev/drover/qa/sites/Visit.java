// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request, read whole: these pages take no body worth streaming.
 *
 * @param body one character for each byte, whatever its encoding
 */
record Visit(
        String method,
        URI uri,
        String path,
        Map<String, String> query,
        Map<String, List<String>> headers,
        String body) {

    static Visit of(HttpExchange exchange) throws IOException {
        return of(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody());
    }

    static Visit of(String method, URI uri, Map<String, List<String>> sent, InputStream body) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sent);
        return new Visit(
                method,
                uri,
                uri.getPath(),
                form(uri.getRawQuery() == null ? "" : uri.getRawQuery()),
                headers,
                new String(body.readAllBytes(), StandardCharsets.ISO_8859_1));
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
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst();
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
