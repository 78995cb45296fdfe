// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import io.socket.socketio.server.SocketIoSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A client of Socket.IO as a subscriber. One that polls gets the next frame when it has fetched the last; the library would keep
 * for it whatever it is given.
 */
final class ProgressSink implements EventSink {

    private final SocketIoSocket socket;
    private final AtomicReference<@Nullable Done> underway = new AtomicReference<>();

    ProgressSink(SocketIoSocket socket) {
        this.socket = socket;
        socket.getClient().getConnection().on("drain", (connection, nothing) -> {
            Done sent = underway.getAndSet(null);
            if (sent != null) {
                sent.completed(true);
            }
        });
    }

    @Override
    public void send(EventFrame frame, Done done) {
        underway.set(done);
        socket.send(SocketIo.PROGRESS, new JSONObject(frame.json()).getJSONObject("data"));
    }

    @Override
    public void end() {
        socket.disconnect(true);
    }
}
