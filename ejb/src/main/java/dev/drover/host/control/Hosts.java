// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.host.entity.HostStore;
import dev.drover.host.entity.HostWish;
import dev.drover.job.control.Drain;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The hosts, and what can be wanted of them. This node is also called {@code self}. */
@ApplicationScoped
public class Hosts {

    private static final String SELF = "self";

    private HostStore store;
    private HostClient client;
    private Drain drain;
    private NodeIdentity node;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Hosts() {}

    @Inject
    public Hosts(
            HostStore store,
            HostClient client,
            Drain drain,
            NodeIdentity node,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.client = client;
        this.drain = drain;
        this.node = node;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** By their names. */
    public List<Host> list() {
        return transactions.resultInNew(store::list);
    }

    /**
     * A machine that is no node says that it is there, for the first time or again.
     *
     * @throws DroverException when a node has that name
     */
    public Host register(String name, Host.Facts facts) {
        Instant now = clock.instant();
        boolean known = transactions.resultInNew(() -> store.update(name, HostKind.FOREIGN, facts, now));
        if (!known) {
            transactions.inNew(() -> {
                if (store.find(name).isPresent()) {
                    throw isNode(name);
                }
                store.insert(new Host(name, HostKind.FOREIGN, facts, now));
            });
        }
        return find(name);
    }

    /** @throws DroverException when it is not there, or a node: nodes come and go by themselves */
    public void remove(String name) {
        if (find(name).kind() == HostKind.NODE) {
            throw isNode(name);
        }
        transactions.resultInNew(() -> store.remove(name));
    }

    /**
     * Has a host do something.
     *
     * @throws DroverException when it is not there or does not answer
     */
    public HostClient.Answer execute(String id, String json) {
        Host host = find(nameOf(id));
        String url = host.facts().url();
        if (url == null) {
            throw unreachable(host.name(), "it has no address");
        }
        try {
            return client.execute(url, json);
        } catch (IOException e) {
            throw unreachable(host.name(), String.valueOf(e.getMessage()));
        }
    }

    /** How far a node's drain is; of another node as it said at most some seconds ago. */
    public Drain.Status drainOf(String id) {
        return isSelf(id) ? drain.status() : statusOf(node(id));
    }

    /** Takes a node out of the work; another one begins within seconds. */
    public Drain.Status drain(String id, Duration within) {
        if (isSelf(id)) {
            return drain.begin(within);
        }
        Instant until = clock.instant().plus(within);
        want(id, new HostWish(HostWish.Kind.DRAIN, until));
        return new Drain.Status(Drain.State.DRAINING, node(id).facts().running(), until);
    }

    /** Lets a node take jobs again; another one begins within seconds. */
    public Drain.Status resume(String id) {
        if (isSelf(id)) {
            return drain.end();
        }
        want(id, new HostWish(HostWish.Kind.SERVE, null));
        return new Drain.Status(Drain.State.SERVING, node(id).facts().running(), null);
    }

    /** The name behind an id. */
    public String nameOf(String id) {
        return id.equals(SELF) ? node.name() : id;
    }

    private boolean isSelf(String id) {
        return nameOf(id).equals(node.name());
    }

    private void want(String id, HostWish wish) {
        if (!transactions.resultInNew(() -> store.want(id, wish))) {
            throw missing(id);
        }
    }

    private Host node(String id) {
        Host host = find(id);
        if (host.kind() != HostKind.NODE) {
            throw missing(id);
        }
        return host;
    }

    private static Drain.Status statusOf(Host host) {
        Host.Facts facts = host.facts();
        Drain.State state =
                switch (facts.status()) {
                    case "draining" -> Drain.State.DRAINING;
                    case "drained" -> Drain.State.DRAINED;
                    default -> Drain.State.SERVING;
                };
        return new Drain.Status(state, facts.running(), facts.drainUntil());
    }

    private Host find(String name) {
        return transactions.resultInNew(() -> store.find(name)).orElseThrow(() -> missing(name));
    }

    private static DroverException missing(String name) {
        return new DroverException(
                ErrorCode.NOT_FOUND, "There is no node '" + name + "': GET /api/v1/hosts lists all.");
    }

    private static DroverException isNode(String name) {
        return new DroverException(ErrorCode.HOST_IS_NODE, "'" + name + "' is a node of this cluster.");
    }

    private static DroverException unreachable(String name, String why) {
        return new DroverException(ErrorCode.HOST_UNREACHABLE, "The host '" + name + "' does not answer: " + why);
    }
}
