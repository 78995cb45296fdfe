// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.boundary;

import jakarta.enterprise.context.Dependent;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** {@link JobSocket} beside the rest of the API. */
@Dependent
@ServerEndpoint(value = "/api/v1/ws/jobs/{id}", subprotocols = EventSocket.BEARER)
public class JobSocketInApi extends JobSocket {

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
