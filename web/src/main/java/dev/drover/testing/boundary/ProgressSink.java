// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import dev.drover.testing.control.TestProgress;
import io.socket.socketio.server.SocketIoSocket;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.json.JSONObject;
import org.json.JSONString;
import org.jspecify.annotations.Nullable;

/**
 * A client of Socket.IO as a subscriber. It gets the next frame when it has fetched the last, or when that has left on its
 * WebSocket; the library would keep for it whatever it is given.
 */
final class ProgressSink implements EventSink {

    private final SocketIoSocket socket;
    private final AtomicReference<@Nullable Done> underway = new AtomicReference<>();

    /** @param webSocket what it goes by now; null while it polls */
    ProgressSink(SocketIoSocket socket, Supplier<@Nullable EngineSocket> webSocket) {
        this.socket = socket;
        socket.getClient().getConnection().on("drain", (connection, nothing) -> {
            EngineSocket by = webSocket.get();
            if (by == null) {
                sent();
            } else {
                by.whenIdle(this::sent);
            }
        });
    }

    private void sent() {
        Done done = underway.getAndSet(null);
        if (done != null) {
            done.completed(true);
        }
    }

    @Override
    public void send(EventFrame frame, Done done) {
        underway.set(done);
        socket.send(SocketIo.PROGRESS, new Written(TestProgress.dataOf(frame)));
    }

    @Override
    public void end() {
        SocketIo.letGo(socket);
    }

    /** An object that is JSON already: the library takes nothing but its own, and would have it parsed for each listener. */
    private static final class Written extends JSONObject implements JSONString {

        private final String json;

        Written(String json) {
            this.json = json;
        }

        @Override
        public String toJSONString() {
            return json;
        }
    }
}
