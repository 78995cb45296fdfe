// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import jakarta.enterprise.context.Dependent;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** {@link EventsSocket} at the address that it has for scripts. */
@Dependent
@ServerEndpoint(value = "/ws/events", subprotocols = EventSocket.BEARER)
public class EventsSocketAtRoot extends EventsSocket {

    @OnOpen
    public void onOpen(Session session) {
        open(session);
    }

    @OnMessage
    public void onMessage(String text) {
        message(text);
    }

    @OnClose
    public void onClose() {
        closed();
    }

    @OnError
    public void onError(Throwable thrown) {
        failed(thrown);
    }
}
