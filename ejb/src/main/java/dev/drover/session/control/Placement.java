// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.host.control.Hosts;
import dev.drover.host.control.LivingNodes;
import dev.drover.host.entity.Host;
import dev.drover.session.entity.SessionStore;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Says on which nodes a new session may be. */
@ApplicationScoped
public class Placement {

    private static final String AVAILABLE = "available";

    /** A worker that has just started says within seconds what it has. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final AtomicInteger turn = new AtomicInteger();
    private LivingNodes nodes;
    private SessionStore store;
    private Transactions transactions;
    private NodeIdentity node;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Placement() {}

    @Inject
    public Placement(LivingNodes nodes, SessionStore store, Transactions transactions, NodeIdentity node) {
        this.nodes = nodes;
        this.store = store;
        this.transactions = transactions;
        this.node = node;
    }

    /**
     * The nodes to try, in this order: those with the fewest sessions first; among equals this node, then the others in
     * turn. Where none has what is needed, this one, which says why it has not, unless it is to have no browsers at all.
     *
     * @param wanted the only node that may have it; null for any
     * @throws DroverException when the wanted one does not live, or nobody can say for now why none has it
     */
    public List<String> order(SessionWish wish, @Nullable String wanted) {
        List<Host> living = nodes.all();
        if (wanted != null) {
            return List.of(checked(wanted));
        }
        if (living.size() < 2) {
            return List.of(node.name());
        }
        String engine = wish.browser().engine() == null
                ? BrowserOptions.USUAL_ENGINE
                : wish.browser().engine();
        List<String> able = new ArrayList<>(living.stream()
                .filter(host -> host.facts().status().equals(AVAILABLE)
                        && Hosts.has(host, engine)
                        && (!wish.window().isVnc() || Hosts.has(host, "vnc")))
                .map(Host::name)
                .toList());
        if (able.isEmpty() && node.isWorker()) {
            return List.of(node.name());
        }
        if (able.isEmpty()) {
            throw new DroverException(
                    ErrorCode.UNAVAILABLE,
                    "No node that takes sessions has " + engine + (wish.window().isVnc() ? " with VNC" : "")
                            + " for now: GET /api/v1/hosts lists what each has, and why not more.",
                    RETRY);
        }
        Collections.rotate(able, turn.incrementAndGet());
        Map<String, Long> sessions = transactions.resultInNew(store::countByNode);
        able.sort(Comparator.comparingLong((String name) -> sessions.getOrDefault(name, 0L))
                .thenComparing(name -> !name.equals(node.name())));
        return able;
    }

    private String checked(String wanted) {
        if (wanted.equals(node.name()) || nodes.find(wanted).isPresent()) {
            return wanted;
        }
        throw new DroverException(
                ErrorCode.INVALID_REQUEST,
                "The request does not fit.",
                List.of(new Violation("/host", "is no node that lives: GET /api/v1/hosts lists them")));
    }
}
