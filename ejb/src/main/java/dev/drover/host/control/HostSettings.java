// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.system.control.ConfigKey;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * How hosts know each other.
 *
 * @param url where other nodes reach this one, without a slash at the end; empty where it has no need of that
 * @param labels further capabilities of this node
 * @param expiry after how much silence a host is removed
 */
public record HostSettings(String url, List<String> labels, Duration expiry) {

    public static final ConfigKey<String> URL = ConfigKey.text(
            "drover.hosts.url",
            "",
            "Where other nodes reach this one, as in http://drover-2:9080; by default where it listens (DROVER_HTTP_HOST), or by the machine's"
                    + " name where it listens everywhere.");

    public static final ConfigKey<String> LABELS = ConfigKey.text(
            "drover.hosts.labels",
            "",
            "Further capabilities that this node has, separated by commas, as in region-eu,licensed-fonts.");

    public static final ConfigKey<Duration> EXPIRY = ConfigKey.seconds(
            "drover.hosts.expiry-seconds", "120", "After how many seconds of silence a host is removed from the list.");

    public HostSettings {
        url = url.strip().replaceFirst("/+$", "");
        labels = List.copyOf(labels);
    }

    public static HostSettings from(Config config) {
        List<String> labels = List.of(LABELS.read(config).split(",", -1)).stream()
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
        return new HostSettings(URL.read(config), labels, EXPIRY.read(config));
    }
}
