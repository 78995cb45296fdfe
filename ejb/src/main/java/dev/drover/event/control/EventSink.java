// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

/** Where a subscriber's frames go: a WebSocket or an SSE stream. The hub calls it from one thread at a time. */
public interface EventSink {

    /**
     * Starts to send a frame and returns at once. The hub sends no other frame before {@code done} was called, with true
     * when the frame was sent and false when the connection is of no more use.
     */
    void send(EventFrame frame, Done done);

    /**
     * The hub is through with the sink, which closes its connection in good order: the followed job ended and all was
     * sent, or the reader is too slow even for what may not be left out, and may come back for it.
     */
    void end();

    /** Tells the hub how a send went; may be called from any thread. */
    @FunctionalInterface
    interface Done {
        void completed(boolean sent);
    }
}
