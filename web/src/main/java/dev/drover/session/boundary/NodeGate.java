// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.host.control.Hosts;
import dev.drover.job.control.HumanAnswers;
import dev.drover.session.control.Sessions;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.RecordIds;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on what is about the browser of another node: to that node, so that clients need to know one address only. */
@WebFilter(
        urlPatterns = {NodeGate.REST + "*", NodeGate.HOSTS + "*", NodeGate.LINKS + "*"},
        asyncSupported = true)
public class NodeGate extends HttpFilter {

    static final String REST = "/api/v1/sessions/";
    static final String HOSTS = "/api/v1/hosts/";
    static final String LINKS = "/ws/human/";

    private static final long serialVersionUID = 1L;

    /** What the row of a session does not tell. */
    private static final Pattern OF_ITS_BROWSER =
            Pattern.compile(REST + "([^/]+)/(actions|capture|frames(?:/[^/]+)?|screenshot|touch)");

    private static final Pattern OF_A_HOST = Pattern.compile(HOSTS + "([^/]+)/(execute|restart-images|stream)");
    private static final Pattern OF_A_LINK = Pattern.compile(LINKS + "([^/]+)/live");

    private transient Sessions sessions;
    private transient Hosts hosts;
    private transient HumanAnswers questions;
    private transient NodeRelay relay;

    @SuppressWarnings("NullAway.Init") // injected
    public NodeGate() {}

    @Inject
    void wire(Sessions sessions, Hosts hosts, HumanAnswers questions, NodeRelay relay) {
        this.sessions = sessions;
        this.hosts = hosts;
        this.questions = questions;
        this.relay = relay;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> owner = owner(request);
        if (owner.isEmpty() || !relay.passOn(request, response, owner.get())) {
            chain.doFilter(request, response);
        }
    }

    private Optional<String> owner(HttpServletRequest request) {
        boolean known = request.getUserPrincipal() != null;
        Matcher rest = OF_ITS_BROWSER.matcher(request.getRequestURI());
        if (rest.matches() && known) {
            return RecordIds.read(rest.group(1)).flatMap(sessions::otherNodeOf);
        }
        Matcher host = OF_A_HOST.matcher(request.getRequestURI());
        if (host.matches() && known) {
            return hosts.otherNode(URLDecoder.decode(host.group(1), StandardCharsets.UTF_8));
        }
        Matcher link = OF_A_LINK.matcher(request.getRequestURI());
        try {
            return link.matches() ? questions.otherNodeOf(link.group(1)) : Optional.empty();
        } catch (DroverException e) {
            return Optional.empty(); // It is told so where links are answered.
        }
    }
}
