// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.boundary;

import dev.drover.system.control.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the trace viewer that ships with the Playwright driver, as it is served.
 *
 * @param policy its Content-Security-Policy
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, never compared
record ViewerFile(String name, byte[] content, String contentType, String etag, String policy) {

    /** Where the driver's archive has it. */
    private static final String FOLDER = "driver/package/lib/vite/traceViewer/";

    private static final String GUARD = "trace-viewer-guard.js";
    private static final String SERVICE_WORKER = "sw.bundle.js";

    /** Without the pages of Playwright's test runner, which have no server here. */
    private static final Pattern NAME = Pattern.compile("(?!uiMode)(assets/)?[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private static final Pattern HASHED = Pattern.compile(".*[.-][A-Za-z0-9_-]{8}\\.(js|css|ttf)");
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "ttf", "font/ttf",
            "webmanifest", "application/manifest+json");

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..") && TYPES.containsKey(suffix(name));
    }

    /** Empty when the viewer has no such file. */
    static Optional<ViewerFile> read(String name) {
        try (InputStream in = ViewerFile.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = name.equals(SERVICE_WORKER) ? guarded(in) : in.readAllBytes();
            String etag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(content)) + '"';
            String type = TYPES.getOrDefault(suffix(name), "application/octet-stream");
            return Optional.of(new ViewerFile(name, content, type, etag, policy(name, content)));
        } catch (IOException e) {
            throw new UncheckedIOException("the trace viewer's " + name + " cannot be read", e);
        }
    }

    /** Whether its name changes with its content. */
    boolean isImmutable() {
        return HASHED.matcher(name).matches();
    }

    private static byte[] guarded(InputStream worker) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        try (InputStream guard = ViewerFile.class.getResourceAsStream(GUARD)) {
            if (guard == null) {
                throw new IllegalStateException(GUARD + " is not in the archive");
            }
            guard.transferTo(both);
        }
        worker.transferTo(both);
        return both.toByteArray();
    }

    /** Nothing from elsewhere, no other server to talk to; traces come as blobs from the console. */
    private static String policy(String name, byte[] content) {
        StringBuilder scripts = new StringBuilder("'self'");
        if (suffix(name).equals("html")) {
            Matcher inline = INLINE_SCRIPT.matcher(new String(content, StandardCharsets.UTF_8));
            while (inline.find()) {
                byte[] hash = Sha256.of(inline.group(1).getBytes(StandardCharsets.UTF_8));
                scripts.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(hash))
                        .append('\'');
            }
        }
        return "default-src 'self'; script-src " + scripts + "; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; connect-src 'self' blob:; "
                + "frame-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'none'; "
                + "frame-ancestors 'self'";
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
