// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.system.control.RecordIds;
import java.util.Optional;
import java.util.UUID;

/**
 * An address below {@code /ws/sessions/}.
 *
 * @param rest behind the session's id, without a slash at its begin or end
 */
record SessionPath(UUID id, String rest) {

    /** Empty for what names no session. */
    static Optional<SessionPath> of(String path) {
        if (!path.startsWith(EndpointAddresses.ROOT)) {
            return Optional.empty();
        }
        String[] parts = path.substring(EndpointAddresses.ROOT.length()).split("/", 2);
        String rest = parts.length < 2 ? "" : parts[1].replaceAll("/+$", "");
        return RecordIds.read(parts[0]).map(id -> new SessionPath(id, rest));
    }
}
