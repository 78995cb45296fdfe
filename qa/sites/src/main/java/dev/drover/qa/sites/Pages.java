// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages' files, and the frame that small pages share. */
final class Pages {

    private Pages() {}

    static byte[] bytes(String file) {
        try (InputStream in = Pages.class.getResourceAsStream("pages/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no such page: " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not readable", e);
        }
    }

    static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    /** A small page in the house style around the given HTML. */
    static String framed(String title, String html) {
        return text("frame.html").replace("{{title}}", escape(title)).replace("{{body}}", html);
    }

    static String notFound(String path) {
        return framed("Not found", "<h1>Not found</h1><p>There is nothing at <code>" + escape(path) + "</code>.</p>");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
