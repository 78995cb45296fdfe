// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body (RFC 7578), as far as browsers write it. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");

    /** One field or file; its content has one character for each byte. */
    record Part(String name, String file, String content) {}

    private Multipart() {}

    static List<Part> parts(String contentType, String body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        for (String piece : ("\r\n" + body).split(Pattern.quote("\r\n--" + boundary.group(1)), -1)) {
            int head = piece.indexOf("\r\n\r\n");
            if (head > 0) {
                String headers = utf8(piece.substring(0, head));
                parts.add(new Part(first(NAME, headers), first(FILE, headers), piece.substring(head + 4)));
            }
        }
        return parts;
    }

    static Optional<Part> find(List<Part> parts, String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    static String text(List<Part> parts, String name) {
        return find(parts, name).map(part -> utf8(part.content())).orElse("");
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
