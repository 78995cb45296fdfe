// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import dev.drover.event.control.EventHub;
import dev.drover.event.control.Subscription;
import dev.drover.security.control.Caller;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows one job: its events after the number in {@code after}, then what comes, until its end. */
abstract class JobSocket extends EventSocket {

    @Inject
    @SuppressWarnings("NullAway.Init") // the container makes the endpoint and then injects
    private EventHub hub;

    @Inject
    @SuppressWarnings("NullAway.Init") // as above
    private JobEvents events;

    @Override
    final @Nullable Subscription subscribe(Caller caller, Session session, SocketSink sink) {
        Optional<UUID> job =
                events.visible(caller.scope(), session.getPathParameters().getOrDefault("id", ""));
        if (job.isEmpty()) {
            sink.close(NOT_FOUND, "There is no such job, or it is not yours.");
            return null;
        }
        int after;
        try {
            String text = parameter(session, "after");
            after = text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            sink.close(BAD_REQUEST, "after is the number of an event.");
            return null;
        }
        OptionalInt from = events.followFrom(job.get(), after);
        if (from.isEmpty()) {
            sink.end();
            return null;
        }
        return hub.follow(job.get(), from.getAsInt(), sink);
    }
}
