// SPDX-License-Identifier: Apache-2.0
package dev.drover.host.control;

import dev.drover.host.entity.Host;
import dev.drover.host.entity.HostKind;
import dev.drover.host.entity.HostStore;
import dev.drover.host.entity.HostWish;
import dev.drover.job.control.Drain;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The hosts, and what can be wanted of them. This node is also called {@code self}. */
@ApplicationScoped
public class Hosts {

    private static final String SELF = "self";

    /** In the place of an id: whichever host can do it. */
    public static final String ANY = "any";

    /** Of registered hosts, as in the test backend whose hosts these are. */
    private static final String EXECUTE = "/host/remote/executeAction";

    private static final String RESTART_IMAGES = "/host/rec/getRestartImages";
    private static final String STREAM = "/host/stream";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private HostStore store;
    private HostDispatcher dispatcher;
    private Drain drain;
    private NodeIdentity node;
    private Transactions transactions;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Hosts() {}

    @Inject
    public Hosts(
            HostStore store,
            HostDispatcher dispatcher,
            Drain drain,
            NodeIdentity node,
            Transactions transactions,
            Clock clock) {
        this.store = store;
        this.dispatcher = dispatcher;
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
     * @throws DroverException when a node has that name, or every host
     */
    public Host register(String name, Host.Facts facts) {
        if (name.equals(SELF) || name.equals(ANY)) {
            throw new DroverException(
                    ErrorCode.HOST_IS_NODE,
                    "'" + name + "' stands for a host and is the name of none: choose another.");
        }
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
        requireForeign(name);
        transactions.resultInNew(() -> store.remove(name));
    }

    /**
     * Has a registered host do something.
     *
     * @param id {@code any} for the least busy one that is available, and the next one when that refuses or dies
     * @param capability that it has to have; null for none in particular
     * @throws DroverException when there is none, or it does not answer
     */
    public HostDispatcher.Answered execute(String id, @Nullable String capability, String json) {
        if (!id.equals(ANY)) {
            return new HostDispatcher.Answered(id, dispatcher.ask(requireForeign(id), EXECUTE, json));
        }
        List<Host> able = list().stream()
                .filter(host -> host.kind() == HostKind.FOREIGN
                        && host.facts().status().equals("available")
                        && (capability == null || has(host, capability)))
                .toList();
        if (able.isEmpty()) {
            throw new DroverException(
                    ErrorCode.UNAVAILABLE,
                    capability == null
                            ? "No registered host is available."
                            : "No registered host that is available has the capability '" + capability + "'.",
                    RETRY);
        }
        return dispatcher.askAny(able, EXECUTE, json);
    }

    /** @throws DroverException when it is not there, or a node */
    public Host requireForeign(String name) {
        Host host = find(nameOf(name));
        if (host.kind() == HostKind.NODE) {
            throw isNode(name);
        }
        return host;
    }

    /**
     * The pictures that a registered host has kept, in its own words.
     *
     * @throws DroverException when it is not there or does not answer
     */
    public HostClient.Answer restartImages(String id, String json) {
        return dispatcher.ask(find(id), RESTART_IMAGES, json);
    }

    /**
     * What a registered host shows.
     *
     * @param query of the request, as it came; empty for none
     * @throws DroverException when it is not there or does not answer
     */
    public HostClient.Stream stream(String id, String query) {
        return dispatcher.stream(find(id), query.isEmpty() ? STREAM : STREAM + "?" + query);
    }

    /** The node that an id names, where it is not this one; empty for a registered host, and for what there is not. */
    public Optional<String> otherNode(String id) {
        return isSelf(id)
                ? Optional.empty()
                : transactions
                        .resultInNew(() -> store.find(id))
                        .filter(host -> host.kind() == HostKind.NODE)
                        .map(Host::name);
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

    /** Whether a host says that it has a capability. */
    public static boolean has(Host host, String capability) {
        return StreamSupport.stream(Json.read(host.facts().capabilities()).spliterator(), false)
                .anyMatch(one -> one.asText().equals(capability));
    }

    /** The name behind an id. */
    public String nameOf(String id) {
        return id.equals(SELF) ? node.name() : id;
    }

    /** Whether this node is meant. */
    public boolean isSelf(String id) {
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
}
