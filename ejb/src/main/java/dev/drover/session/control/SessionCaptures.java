// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.vault.control.CapturedSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts into the vault what the browser of a session is signed in with. */
@ApplicationScoped
public class SessionCaptures {

    private Sessions sessions;
    private SessionActions actions;
    private CapturedSessions captured;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected SessionCaptures() {}

    @Inject
    public SessionCaptures(Sessions sessions, SessionActions actions, CapturedSessions captured) {
        this.sessions = sessions;
        this.actions = actions;
        this.captured = captured;
    }

    /**
     * Keeps it for the caller, in the place of what the caller kept under the name before. It is that of the context whose
     * page the actions use. One at a time with them.
     *
     * @param ttl null keeps it until somebody removes it
     * @throws DroverException {@link ErrorCode#NOT_FOUND}, {@link ErrorCode#SESSION_ENDED}, {@link ErrorCode#SESSION_BUSY},
     *     {@link ErrorCode#ACTION_FAILED}, {@link ErrorCode#ACTION_TIMEOUT}, {@link ErrorCode#STATE_TOO_LARGE},
     *     {@link ErrorCode#TOO_MANY_CAPTURED_SESSIONS}
     */
    public CapturedSessions.Kept capture(Caller caller, UUID id, String name, @Nullable Duration ttl) {
        LiveSession session = sessions.requireLive(caller, id);
        return captured.keep(caller.owner(), name, session.engine(), id, actions.storage(session), ttl);
    }
}
