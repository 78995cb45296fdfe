// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import org.jspecify.annotations.Nullable;

/**
 * What a node can do with a browser engine, as its row says.
 *
 * @param availability available, unavailable or unknown
 * @param reason why it is not available
 */
public record EngineFacts(
        String name,
        String availability,
        @Nullable String version,
        @Nullable String reason) {}
