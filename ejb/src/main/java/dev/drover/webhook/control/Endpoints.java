// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.Transactions;
import dev.drover.webhook.entity.Endpoint;
import dev.drover.webhook.entity.EndpointStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints as this node knows them, so that an event costs no query. A change on this node counts at once, one on
 * another after some seconds.
 */
@ApplicationScoped
public class Endpoints {

    private record Known(Map<UUID, Endpoint> all, List<Endpoint> enabled) {
        static Known of(List<Endpoint> endpoints) {
            return new Known(
                    endpoints.stream().collect(Collectors.toUnmodifiableMap(Endpoint::id, Function.identity())),
                    endpoints.stream().filter(Endpoint::enabled).toList());
        }
    }

    private EndpointStore store;
    private Transactions transactions;
    private volatile @Nullable Known known;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Endpoints() {}

    @Inject
    public Endpoints(EndpointStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Reads them anew. */
    void refresh() {
        known = Known.of(transactions.resultInNew(store::all));
    }

    private Known known() {
        Known now = known;
        if (now == null) {
            // The first event may come before the first round of the sweeper.
            refresh();
            return known();
        }
        return now;
    }

    boolean isAnyEnabled() {
        return !known().enabled().isEmpty();
    }

    /** Enabled ones that want to hear of such events of the owner's jobs. */
    List<Endpoint> listening(Owner owner, String eventType) {
        return known().enabled().stream()
                .filter(endpoint -> endpoint.allOwners() || endpoint.owner().equals(owner))
                .filter(endpoint -> endpoint.wants(eventType))
                .toList();
    }

    /** Enabled ones that want to hear of such events of the server. */
    List<Endpoint> listening(String eventType) {
        return known().enabled().stream()
                .filter(Endpoint::allOwners)
                .filter(endpoint -> endpoint.wants(eventType))
                .toList();
    }

    /** One that a delivery goes to, also when another node has just made it. */
    Optional<Endpoint> find(UUID id) {
        Endpoint here = known().all().get(id);
        return here != null ? Optional.of(here) : transactions.resultInNew(() -> store.find(Scope.EVERYTHING, id));
    }

    Collection<Endpoint> all() {
        return known().all().values();
    }
}
