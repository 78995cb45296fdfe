// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs of the browser room are on this machine; null where one is not.
 *
 * @param engines that runs may ask for
 * @param chromiumHeadless Chromium for runs without a window
 * @param chromium for runs with a window
 */
public record Executables(
        List<String> engines,
        @Nullable Path chromiumHeadless,
        @Nullable Path chromium,
        @Nullable Path firefox,
        @Nullable Path node,
        @Nullable Path ffmpeg) {

    // Binaries, not the scripts in /usr/bin: a script that does not exec survives the kill of its pid with its browser.
    private static final List<String> HEADLESS_SHELL = List.of("/usr/lib/chromium/chromium-headless-shell");
    private static final List<String> FULL_CHROMIUM = List.of(
            "/usr/lib/chromium/chromium", "/opt/google/chrome/chrome", "/usr/lib64/chromium-browser/chromium-browser");
    private static final List<String> STOCK_FIREFOX =
            List.of("/usr/lib/firefox-esr/firefox-esr", "/usr/lib/firefox/firefox", "/usr/lib64/firefox/firefox");

    public Executables {
        engines = List.copyOf(engines);
    }

    /** What was configured, else what is found where distributions put it; headless Chromium may be the full one. */
    static Executables find(
            List<String> engines,
            Optional<Path> chromiumHeadless,
            Optional<Path> chromium,
            Optional<Path> firefox,
            Optional<Path> node) {
        Optional<Path> fullChromium = chromium.or(() -> firstExecutable(FULL_CHROMIUM));
        return new Executables(
                engines,
                chromiumHeadless
                        .or(() -> firstExecutable(HEADLESS_SHELL))
                        .or(() -> fullChromium)
                        .orElse(null),
                fullChromium.orElse(null),
                firefox.or(() -> firstExecutable(STOCK_FIREFOX)).orElse(null),
                node.or(() -> onPath("node")).orElse(null),
                onPath("ffmpeg").orElse(null));
    }

    /** Playwright records with an ffmpeg of its own where it has brought its browsers along. */
    boolean canRecordVideo() {
        return ffmpeg != null || chromiumHeadless == null || System.getenv("PLAYWRIGHT_BROWSERS_PATH") != null;
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        return executables(Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program)))
                .findFirst();
    }

    private static Optional<Path> firstExecutable(List<String> candidates) {
        return executables(candidates.stream().map(Path::of)).findFirst();
    }

    private static Stream<Path> executables(Stream<Path> candidates) {
        return candidates.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }
}
