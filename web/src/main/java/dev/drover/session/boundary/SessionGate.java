// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.browser.control.PlaywrightVersion;
import dev.drover.security.control.CallerPrincipal;
import dev.drover.session.control.ClientGuard;
import dev.drover.session.control.DevToolsGuard;
import dev.drover.session.control.Entry;
import dev.drover.session.control.LiveSession;
import dev.drover.session.control.PlaywrightGuard;
import dev.drover.session.control.Sessions;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets those in to the endpoints for programs who may use them. Others are refused in the handshake already, with a sentence
 * that Playwright and Puppeteer show to their user, which they do not do with the reason of a close. What DevTools clients
 * ask before they connect is answered here too.
 */
@WebFilter(urlPatterns = "/ws/sessions/*", asyncSupported = true)
public class SessionGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String VNC = "vnc";
    private static final Set<String> VERSION = Set.of("cdp/json/version");
    private static final Set<String> LIST = Set.of("cdp/json", "cdp/json/list");
    private static final PlaywrightVersion SPOKEN = PlaywrightVersion.ofDriver();
    private static final Pattern PAGE = Pattern.compile("cdp/devtools/page/([A-Za-z0-9-]+)");
    private static final int PRECONDITION_REQUIRED = 428;

    private transient Sessions sessions;
    private transient DevToolsIndex index;
    private transient Bridges bridges;
    private transient NodeRelay relay;

    @SuppressWarnings("NullAway.Init") // injected
    public SessionGate() {}

    @Inject
    void wire(Sessions sessions, DevToolsIndex index, Bridges bridges, NodeRelay relay) {
        this.sessions = sessions;
        this.index = index;
        this.bridges = bridges;
        this.relay = relay;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<SessionPath> path = SessionPath.of(request.getRequestURI());
        boolean program = path.isPresent()
                && (path.get().rest().equals("playwright")
                        || path.get().rest().equals(VNC)
                        || path.get().rest().equals("cdp")
                        || path.get().rest().startsWith("cdp/"));
        Optional<String> owner = path.flatMap(found -> sessions.otherNodeOf(found.id()));
        if (owner.isPresent() && relay.passOn(request, response, owner.get())) {
            return;
        }
        if (!program) {
            chain.doFilter(request, response);
            return;
        }
        Entry entry = sessions.enter(
                path.get().id(), CallerPrincipal.find(request.getUserPrincipal()), request.getParameter("token"));
        switch (entry) {
            case Entry.Open open -> pass(open.session(), path.get().rest(), request, response);
            case Entry.Unauthenticated nobody ->
                answer(response, 401, "This needs the token of the session, or one of the server.");
            case Entry.Unknown unknown -> answer(response, 404, "There is no such session, or it is not yours.");
            case Entry.Ended ended -> answer(response, 410, "The session has ended: " + ended.reason() + ".");
            case Entry.Elsewhere elsewhere ->
                answer(response, 503, "The node " + elsewhere.node() + ", which has the session, does not answer.");
        }
    }

    private void pass(LiveSession session, String rest, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean socket = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        Optional<String> objection = rest.equals("playwright") && socket
                ? SPOKEN.objection(String.valueOf(request.getHeader("User-Agent")))
                : Optional.empty();
        if (objection.isPresent()) {
            answer(response, PRECONDITION_REQUIRED, objection.get());
        } else if (rest.startsWith("cdp") && session.devTools().isEmpty()) {
            answer(response, 404, "Only Chromium speaks the DevTools protocol; this is " + session.engine() + ".");
        } else if (rest.equals(VNC) && session.vnc().isEmpty()) {
            answer(response, 404, "This session was opened without VNC.");
        } else if (socket) {
            join(session, rest, request, response);
        } else if (VERSION.contains(rest) || LIST.contains(rest)) {
            session.seen();
            index(session, rest, request, response);
        } else {
            answer(response, 426, "This is an address for WebSockets.");
        }
    }

    private void join(LiveSession session, String rest, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean playwright = rest.equals("playwright");
        Optional<URI> endpoint =
                switch (rest) {
                    case "playwright" -> Optional.of(session.playwright());
                    case VNC -> session.vnc();
                    default -> devTools(session, rest);
                };
        if (endpoint.isEmpty()) {
            answer(response, 404, "There is no such endpoint.");
            return;
        }
        ClientGuard guard = playwright ? new PlaywrightGuard(session.files()) : new DevToolsGuard(session.files());
        try {
            bridges.join(request, response, session, endpoint.get(), guard);
        } catch (IOException e) {
            answer(response, 502, "The browser does not answer.");
        }
    }

    /** The browser's own endpoint, or that of one of its pages. */
    private static Optional<URI> devTools(LiveSession session, String rest) {
        Matcher page = PAGE.matcher(rest);
        if (rest.equals("cdp") || rest.startsWith("cdp/devtools/browser/")) {
            return session.devTools();
        }
        return page.matches()
                ? session.devTools().map(browser -> browser.resolve("/devtools/page/" + page.group(1)))
                : Optional.empty();
    }

    private void index(LiveSession session, String rest, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        EndpointAddresses addresses = new EndpointAddresses(
                EndpointAddresses.base(request), session.id(), String.valueOf(request.getParameter("token")));
        String json = VERSION.contains(rest) ? index.version(session, addresses) : index.list(session, addresses);
        write(response, 200, "application/json; charset=UTF-8", json);
    }

    private static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
        write(response, status, "text/plain; charset=UTF-8", sentence);
    }

    private static void write(HttpServletResponse response, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
