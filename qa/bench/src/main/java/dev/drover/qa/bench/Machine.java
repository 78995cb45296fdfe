// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine and the checkout that are measured.
 *
 * @param home the checkout, with a built server in it
 * @param java of the JDK that runs the server as well
 * @param chromium the binary that the server uses for runs without a window
 */
record Machine(Path home, Path java, Path node, Path chromium) {

    private static final String HEADLESS_SHELL = "/usr/lib/chromium/chromium-headless-shell";

    static Machine find() {
        Map<String, String> env = System.getenv();
        Path home = Path.of(env.getOrDefault("DROVER_HOME", "")).toAbsolutePath();
        if (!Files.isExecutable(home.resolve("drover"))) {
            throw new Unusable("DROVER_HOME does not name a checkout of Drover; start this by ./drover bench");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path node = Path.of(env.getOrDefault("DROVER_BROWSER_NODE_EXECUTABLE", "/usr/bin/node"));
        Path chromium = Path.of(env.getOrDefault("DROVER_BROWSER_CHROMIUM_HEADLESS_EXECUTABLE", HEADLESS_SHELL));
        if (!Files.isExecutable(chromium)) {
            throw new Unusable("there is no " + chromium + " to compare with: apt-get install chromium-headless-shell");
        }
        return new Machine(home, java, node, chromium);
    }

    /** What this cannot run without is missing; the message says what to do. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    Path jdkTool(String name) {
        return java.resolveSibling(name);
    }

    /** The driver's files of the built server, so that both sides run the same driver. */
    Path playwrightDriver() {
        return home.resolve("ear/target/liberty/wlp/usr/servers/drover/playwright/driver");
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** In words, for whoever reads the figures elsewhere. */
    List<String> description() {
        return List.of(
                "%d × %s, %d GB of memory"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                firstValue("/proc/cpuinfo", "model name"),
                                Math.round(memoryKilobytes() / 1024.0 / 1024.0)),
                "%s, Linux %s".formatted(system(), System.getProperty("os.version")),
                "JDK %s, Node %s, %s"
                        .formatted(Runtime.version(), output(node.toString(), "--version"), chromiumVersion()),
                "load average before the first row: " + loadAverage());
    }

    /** The commit that was built, with a mark when the checkout differs from it. */
    String commit() {
        String id = output("git", "-C", home.toString(), "rev-parse", "--short=12", "HEAD");
        String changes = output("git", "-C", home.toString(), "status", "--porcelain", "--untracked-files=no");
        return id.isEmpty() ? "unknown" : changes.isEmpty() ? id : id + " with local changes";
    }

    static String loadAverage() {
        return read("/proc/loadavg").split(" ", -1)[0];
    }

    private String chromiumVersion() {
        return output(chromium.toString(), "--version").replace("HeadlessChrome", "headless Chromium");
    }

    private static String system() {
        return firstValue("/etc/os-release", "PRETTY_NAME").replace("\"", "");
    }

    private static long memoryKilobytes() {
        String text = firstValue("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String firstValue(String file, String key) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", ""))
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "";
        }
    }

    private static String output(String... command) {
        try {
            return Commands.output(Stream.of(command).toList()).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
