// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.boundary;

import dev.drover.security.control.Caller;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.system.boundary.Refusals;
import dev.drover.system.control.ErrorCode;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The part of Socket.IO that goes by plain requests: how its clients begin where they are not told otherwise, and how they go
 * on where no WebSocket comes through. Only callers with a token get here.
 */
@WebServlet(urlPatterns = "/socket.io/*", asyncSupported = true)
public class SocketIoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = Logger.getLogger(SocketIoServlet.class.getName());

    private transient SocketIo socketIo;

    @SuppressWarnings("NullAway.Init") // injected
    public SocketIoServlet() {}

    @Inject
    void wire(SocketIo socketIo) {
        this.socketIo = socketIo;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean reads = request.getMethod().equals("GET");
        if (!reads && !request.getMethod().equals("POST")) {
            Refusals.refuse(request, response, ErrorCode.METHOD_NOT_ALLOWED, "Socket.IO polls with GET and POST.");
        } else if (!"4".equals(request.getParameter("EIO")) || request.getParameter("j") != null) {
            Refusals.refuse(
                    request, response, ErrorCode.INVALID_REQUEST, "This speaks version 4 of Engine.IO, without JSONP.");
        } else {
            byte[] body = reads ? new byte[0] : read(request);
            if (body.length > EngineSocket.LARGEST_MESSAGE) {
                Refusals.refuse(
                        request,
                        response,
                        ErrorCode.BODY_TOO_LARGE,
                        "A message may have " + EngineSocket.LARGEST_MESSAGE / 1024 + " kilobytes.");
            } else if (!isAcceptable(packets(body))) {
                Refusals.refuse(request, response, ErrorCode.INVALID_REQUEST, "Messages are text, and few at a time.");
            } else {
                pass(request, body, response);
            }
        }
    }

    /** The library falls over what is no packet, in ways of its own. */
    private void pass(HttpServletRequest request, byte[] body, HttpServletResponse response) throws IOException {
        Caller caller = CallerPrincipal.require(request.getUserPrincipal());
        try {
            if (!socketIo.poll(caller, request.getParameter("sid"), new PolledRequest(request, body), response)) {
                Refusals.refuse(
                        request, response, ErrorCode.NOT_FOUND, "There is no such connection: begin a new one.");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "a request of Socket.IO could not be read", e);
            if (!response.isCommitted()) {
                Refusals.refuse(request, response, ErrorCode.INVALID_REQUEST, "This is no packet of Engine.IO.");
            }
        }
    }

    /** The packets of a body; of too many, one too many. */
    private static List<String> packets(byte[] body) {
        return List.of(new String(body, StandardCharsets.UTF_8)
                .split(String.valueOf(EngineSocket.SEPARATOR), EngineSocket.MOST_PACKETS + 1));
    }

    private static boolean isAcceptable(List<String> packets) {
        return packets.size() <= EngineSocket.MOST_PACKETS && packets.stream().noneMatch(EngineSocket::isRefused);
    }

    /** One byte more than what is taken, where there is more. */
    private static byte[] read(HttpServletRequest request) throws IOException {
        try (InputStream in = request.getInputStream()) {
            return in.readNBytes(EngineSocket.LARGEST_MESSAGE + 1);
        }
    }
}
