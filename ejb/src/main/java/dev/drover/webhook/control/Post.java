// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries a webhook to its receiver and brings back the answer. */
interface Post {

    /** {@link Unanswered#error} of a request that the server's own end broke off, which says nothing of the receiver. */
    String SERVER_STOPPED = "server_stopped";

    /** @param headers beside those that every request has */
    record Letter(URI to, Map<String, String> headers, String body) {
        public Letter {
            headers = Map.copyOf(headers);
        }
    }

    /** What came of it. */
    sealed interface Answer {}

    /**
     * The receiver answered.
     *
     * @param start of the answer's body
     * @param retryAfter after how long it wants to be asked again
     */
    record Answered(int status, String start, @Nullable Duration retryAfter) implements Answer {}

    /**
     * No answer came.
     *
     * @param error a word for programs
     * @param isFinal whether it makes no sense to try again
     */
    record Unanswered(String error, String message, boolean isFinal) implements Answer {}

    /** Returns in bounded time, whatever the receiver does. */
    Answer send(Letter letter);
}
