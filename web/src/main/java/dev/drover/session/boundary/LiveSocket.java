// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.browser.control.live.LivePage;
import dev.drover.browser.control.live.Place;
import dev.drover.browser.control.live.Screen;
import dev.drover.job.control.HumanAnswers;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.session.control.Entry;
import dev.drover.session.control.LiveViews;
import dev.drover.session.control.Sessions;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.Json;
import dev.drover.system.control.RecordIds;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Shows a page in a browser, and takes the mouse, the keys and the fingers of whoever is in control: the page of a session, or
 * that of a job which asks a person to take it over, to whoever has the link of the question.
 */
@Dependent
@ServerEndpoint(value = "/ws/{what}/{id}/live", subprotocols = "drover.bearer")
public class LiveSocket {

    private static final CloseCode UNAUTHENTICATED = CloseCodes.getCloseCode(4001);
    private static final CloseCode NOT_FOUND = CloseCodes.getCloseCode(4004);
    private static final Logger LOG = Logger.getLogger(LiveSocket.class.getName());
    private static final int LARGEST_MESSAGE = 256 * 1024;
    private static final long IDLE_MILLISECONDS = 15L * 60 * 1000;

    @Inject
    @SuppressWarnings("NullAway.Init") // the container makes the endpoint and then injects
    private Sessions sessions;

    @Inject
    @SuppressWarnings("NullAway.Init") // as above
    private LiveViews views;

    @Inject
    @SuppressWarnings("NullAway.Init") // as above
    private HumanAnswers questions;

    private @Nullable Place place;
    private @Nullable Screen screen;

    @OnOpen
    public void onOpen(Session socket) {
        Screen made = new Screen(new Line(socket));
        screen = made;
        socket.setMaxTextMessageBufferSize(LARGEST_MESSAGE);
        socket.setMaxIdleTimeout(IDLE_MILLISECONDS);
        String id = socket.getPathParameters().getOrDefault("id", "");
        switch (socket.getPathParameters().getOrDefault("what", "")) {
            case "sessions" -> watchSession(socket, made, id);
            case "human" -> takeOver(socket, made, id);
            default -> close(socket, NOT_FOUND, "There is nothing to see at this address.");
        }
    }

    private void watchSession(Session socket, Screen viewer, String text) {
        Optional<UUID> id = RecordIds.read(text);
        List<String> tokens = socket.getRequestParameterMap().getOrDefault("token", List.of());
        Entry entry = id.isEmpty()
                ? new Entry.Unknown()
                : sessions.enter(
                        id.get(),
                        CallerPrincipal.find(socket.getUserPrincipal()),
                        tokens.isEmpty() ? null : tokens.getFirst());
        switch (entry) {
            case Entry.Open open -> {
                try {
                    place = views.watch(open.session(), viewer);
                } catch (IOException e) {
                    close(socket, NOT_FOUND, "Only Chromium can be watched, while it runs.");
                }
            }
            case Entry.Unauthenticated nobody ->
                close(socket, UNAUTHENTICATED, "This needs the token of the session, or one of the server.");
            case Entry.Unknown unknown -> close(socket, NOT_FOUND, "There is no such session, or it is not yours.");
            case Entry.Ended ended -> close(socket, NOT_FOUND, "The session has ended: " + ended.reason() + ".");
            case Entry.Elsewhere elsewhere ->
                close(socket, NOT_FOUND, "The node " + elsewhere.node() + ", which has the session, does not answer.");
        }
    }

    private void takeOver(Session socket, Screen viewer, String link) {
        Optional<LivePage> page;
        try {
            page = questions.pageOf(link);
        } catch (DroverException e) {
            close(socket, UNAUTHENTICATED, "This link is not a link of this server, or too old.");
            return;
        }
        if (page.isEmpty()) {
            close(socket, NOT_FOUND, "There is no page to take over any more.");
            return;
        }
        place = page.get().watch(viewer);
    }

    @OnMessage
    public void onMessage(String text) {
        Place here = place;
        if (here == null) {
            return;
        }
        if (text.equals("ping") && screen != null) {
            screen.tell("pong");
            return;
        }
        try {
            here.said(Json.read(text));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.FINE, "a viewer said something that is no JSON", e);
        }
    }

    @OnClose
    public void onClose() {
        if (place != null) {
            place.leave();
        }
    }

    @OnError
    public void onError(Throwable thrown) {
        LOG.log(Level.FINE, "the connection of a viewer broke", thrown);
        onClose();
    }

    private static void close(Session socket, CloseCode code, String reason) {
        try {
            socket.close(new CloseReason(code, reason));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "a viewer was gone when the connection was to be closed", e);
        }
    }

    /** The connection of a viewer. */
    private record Line(Session socket) implements Screen.Wire {

        @Override
        public void text(String json, Runnable done) {
            socket.getAsyncRemote().sendText(json, result -> done.run());
        }

        @Override
        public void binary(ByteBuffer bytes, Runnable done) {
            socket.getAsyncRemote().sendBinary(bytes, result -> done.run());
        }

        @Override
        public void close(String reason) {
            LiveSocket.close(socket, CloseCodes.NORMAL_CLOSURE, reason);
        }
    }
}
