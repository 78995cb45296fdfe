// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.session.entity.BrowserSession;
import java.time.Instant;

/**
 * A session as it is now.
 *
 * @param lastSeenAt newer than the row where the session is of this node, which writes it down now and then
 * @param token opens its endpoints; only whoever may see the session is to be told
 */
public record SessionView(BrowserSession session, Instant lastSeenAt, Instant expiresAt, String token) {}
