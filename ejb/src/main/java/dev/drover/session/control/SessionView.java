// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.session.entity.BrowserSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is now.
 *
 * @param lastSeenAt newer than the row where the session is of this node, which writes it down now and then
 * @param vncPassword only for whoever opens the session, and where its display asks for one
 * @param token opens its endpoints; only whoever may see the session is to be told
 */
public record SessionView(
        BrowserSession session,
        Instant lastSeenAt,
        Instant expiresAt,
        String token,
        @Nullable String vncPassword) {

    /** The same for whoever opens the session. */
    SessionView with(@Nullable String password) {
        return new SessionView(session, lastSeenAt, expiresAt, token, password);
    }
}
