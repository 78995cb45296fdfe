// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import dev.drover.system.control.ConfigKey;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * What displays this node may make for the windows of sessions.
 *
 * @param allowed false switches VNC off, whatever is installed
 * @param displays numbers of X displays
 * @param ports of loopback, on which the displays speak RFB
 * @param tools folders in which the programs are looked for
 */
public record VncSettings(boolean allowed, Range displays, Range ports, Resolution resolution, List<Path> tools) {

    public static final ConfigKey<Boolean> ALLOWED = ConfigKey.flag(
            "drover.sessions.vnc",
            true,
            "Whether sessions may show their windows over VNC, where the programs for it are installed.",
            "WORKER_SUPPORTS_VNC");

    public static final ConfigKey<Integer> LEAST_DISPLAY = ConfigKey.number(
            "drover.sessions.vnc-display-min",
            100,
            1,
            59_000,
            "The first X display that a session may have; each VNC session has one.",
            "RUNNER_VNC_DISPLAY_MIN");

    public static final ConfigKey<Integer> MOST_DISPLAY = ConfigKey.number(
            "drover.sessions.vnc-display-max",
            199,
            1,
            59_000,
            "The last X display that a session may have.",
            "RUNNER_VNC_DISPLAY_MAX");

    public static final ConfigKey<Integer> LEAST_PORT = ConfigKey.number(
            "drover.sessions.vnc-port-min",
            5900,
            1024,
            65_535,
            "The first port of loopback on which a display may speak VNC; each VNC session has one.",
            "RUNNER_VNC_PORT_MIN");

    public static final ConfigKey<Integer> MOST_PORT = ConfigKey.number(
            "drover.sessions.vnc-port-max",
            5999,
            1024,
            65_535,
            "The last port of loopback on which a display may speak VNC.",
            "RUNNER_VNC_PORT_MAX");

    public static final ConfigKey<Resolution> RESOLUTION = new ConfigKey<>(
            "drover.sessions.vnc-resolution",
            "1920x1080x24",
            "Width, height and colour depth of the displays of VNC sessions.",
            Resolution::parse,
            List.of("RUNNER_VNC_RESOLUTION"));

    public static final ConfigKey<String> TOOLS = ConfigKey.text(
            "drover.sessions.vnc-tools-path",
            "",
            "Folders, separated as in PATH, in which Xvnc and vncpasswd, or Xvfb and x11vnc, are looked for; by default"
                    + " those of PATH.");

    public VncSettings {
        requireNonNull(displays, "displays");
        requireNonNull(ports, "ports");
        requireNonNull(resolution, "resolution");
        tools = List.copyOf(tools);
    }

    public static VncSettings from(Config config) {
        String folders = TOOLS.read(config).isBlank()
                ? Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin")
                : TOOLS.read(config);
        return new VncSettings(
                ALLOWED.read(config),
                new Range(LEAST_DISPLAY.read(config), MOST_DISPLAY.read(config)),
                new Range(LEAST_PORT.read(config), MOST_PORT.read(config)),
                RESOLUTION.read(config),
                Arrays.stream(folders.split(File.pathSeparator))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList());
    }

    /** Whole numbers, both ends included. */
    public record Range(int first, int last) {
        public Range {
            if (first > last) {
                throw new IllegalArgumentException(
                        "DROVER_SESSIONS_VNC_…_MIN is more than …_MAX: " + first + ", " + last);
            }
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + " to " + last;
        }
    }

    /** In pixels, and bits for each. */
    public record Resolution(int width, int height, int depth) {

        private static final Pattern FORM = Pattern.compile("(\\d{1,5})x(\\d{1,5})(?:x(\\d{1,2}))?");
        private static final int LEAST = 200;
        private static final int MOST = 7680;

        public Resolution {
            if (width < LEAST || height < LEAST || width > MOST || height > MOST || (depth != 16 && depth != 24)) {
                throw new IllegalArgumentException(
                        "width and height from " + LEAST + " to " + MOST + ", and a depth of 16 or 24");
            }
        }

        /** @throws IllegalArgumentException when it is none */
        static Resolution parse(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("a resolution, as in 1920x1080x24");
            }
            return new Resolution(
                    Integer.parseInt(form.group(1)),
                    Integer.parseInt(form.group(2)),
                    form.group(3) == null ? 24 : Integer.parseInt(form.group(3)));
        }
    }
}
