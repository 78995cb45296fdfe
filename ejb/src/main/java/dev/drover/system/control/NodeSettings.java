// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Where a node keeps its files, what it is called and what it does.
 *
 * @param roles {@link #API} and {@link #WORKER}, at least one
 */
public record NodeSettings(Path dataRoot, Optional<String> name, Set<String> roles, boolean externalBroker) {

    /** Serves REST, WebSockets and the console. */
    public static final String API = "api";

    /** Runs jobs. */
    public static final String WORKER = "worker";

    public static final ConfigKey<Path> DATA_ROOT =
            ConfigKey.folder("drover.data-root", ".drover/data", "Folder of everything this node keeps.", "DATA_ROOT");

    public static final ConfigKey<String> NAME = ConfigKey.text(
            "drover.node-name", "", "Name of this node, unique in the cluster; empty: host name and HTTP port.");

    public static final ConfigKey<List<String>> ROLES =
            ConfigKey.words("drover.roles", "api,worker", "What this node does: api, worker or both.");

    public static final ConfigKey<String> BROKER_URL = ConfigKey.text(
            "drover.broker.url",
            "",
            "Address of an external ActiveMQ Artemis broker, as in tcp://host:61616; empty: the embedded one.",
            "BROKER_URL");

    public NodeSettings {
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || !Set.of(API, WORKER).containsAll(roles)) {
            throw new IllegalArgumentException("DROVER_ROLES takes api, worker or both, not " + roles);
        }
    }

    public static NodeSettings from(Config config) {
        return new NodeSettings(
                DATA_ROOT.read(config).toAbsolutePath().normalize(),
                NAME.readIfSet(config),
                new HashSet<>(ROLES.read(config)),
                BROKER_URL.readIfSet(config).isPresent());
    }
}
