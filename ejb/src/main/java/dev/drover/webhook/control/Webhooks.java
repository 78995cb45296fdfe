// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.security.control.Caller;
import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.DroverException.Violation;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Transactions;
import dev.drover.system.control.egress.EgressRules;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryAttempt;
import dev.drover.webhook.entity.DeliveryFilter;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Endpoint;
import dev.drover.webhook.entity.EndpointStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers do with endpoints and deliveries. Everything goes through the caller's scope. */
@ApplicationScoped
public class Webhooks {

    private EndpointStore store;
    private DeliveryStore deliveries;
    private Endpoints endpoints;
    private DeliveryDispatcher dispatcher;
    private EgressRules egress;
    private Transactions transactions;
    private WebhookSettings settings;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Webhooks() {}

    @Inject
    public Webhooks(
            EndpointStore store,
            DeliveryStore deliveries,
            Endpoints endpoints,
            DeliveryDispatcher dispatcher,
            EgressRules egress,
            Transactions transactions,
            WebhookSettings settings,
            Clock clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.dispatcher = dispatcher;
        this.egress = egress;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Registers an endpoint. Whoever repeats a request with the id that was reserved for it makes no second one.
     *
     * @throws DroverException when the address is none that can be sent to, or the caller may not hear what it asks for
     */
    public Endpoint register(Caller caller, EndpointWish wish, @Nullable UUID reserved) {
        String url = String.valueOf(wish.url());
        Set<String> types = wish.eventTypes() == null ? WebhookEvents.USUAL : wish.eventTypes();
        Owner owner = caller.ownerFor(wish.user());
        boolean everyones = wish.allOwners() == null
                ? caller.isAdmin() && wish.user() == null
                : caller.isAdmin() && wish.allOwners();
        check(url, types, everyones);
        Instant now = clock.instant();
        Endpoint endpoint = new Endpoint(
                reserved == null ? Endpoint.nextId() : reserved,
                owner,
                everyones,
                url,
                wish.description() == null ? "" : wish.description(),
                types,
                WebhookSecret.generate(),
                now);
        Endpoint registered = transactions.resultInNew(() -> insert(endpoint));
        endpoints.refresh();
        return registered;
    }

    private Endpoint insert(Endpoint endpoint) {
        Optional<Endpoint> earlier = store.find(Scope.EVERYTHING, endpoint.id());
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Owner owner = endpoint.owner();
        if (store.count(new Scope(owner.tenant(), owner.user())) >= settings.endpointsPerUser()) {
            throw new DroverException(
                    ErrorCode.TOO_MANY_WEBHOOKS,
                    "A user may have " + settings.endpointsPerUser() + " webhook endpoints.");
        }
        store.insert(endpoint);
        return endpoint;
    }

    private void check(String url, Set<String> types, boolean everyones) {
        egress.refusal(URI.create(url)).ifPresent(reason -> {
            throw refused("/url", reason);
        });
        if (!everyones && types.stream().anyMatch(WebhookEvents::isOfServer)) {
            throw refused("/event_types", "alerts are for endpoints of administrators that hear of everyone's jobs");
        }
    }

    private static DroverException refused(String pointer, String reason) {
        return new DroverException(
                ErrorCode.INVALID_REQUEST, "The endpoint cannot be used.", List.of(new Violation(pointer, reason)));
    }

    public List<Endpoint> list(Caller caller, @Nullable UUID before, int limit) {
        return transactions.resultInNew(() -> store.list(caller.scope(), before, limit));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for one that the caller may not see */
    public Endpoint find(Caller caller, UUID id) {
        return transactions
                .resultInNew(() -> store.find(caller.scope(), id))
                .orElseThrow(() -> new DroverException(
                        ErrorCode.NOT_FOUND, "There is no such webhook endpoint, or it is not yours."));
    }

    /**
     * Changes an endpoint. What waits for one that is disabled is discarded.
     *
     * @param revision that the caller has seen; null where that does not matter
     */
    public Endpoint change(Caller caller, UUID id, @Nullable Integer revision, EndpointWish wish) {
        Endpoint seen = seen(caller, id, revision);
        String url = wish.url() == null ? seen.url() : wish.url();
        Set<String> types = wish.eventTypes() == null ? seen.eventTypes() : wish.eventTypes();
        check(url, types, seen.allOwners());
        boolean enabled = wish.enabled() == null ? seen.enabled() : wish.enabled();
        Instant now = clock.instant();
        transactions.inNew(() -> {
            String description = wish.description() == null ? seen.description() : wish.description();
            refuseUnless(store.update(seen, url, description, types, enabled, now));
            if (!enabled) {
                deliveries.discard(id, "endpoint_disabled", now);
            }
        });
        endpoints.refresh();
        return find(caller, id);
    }

    /**
     * Gives an endpoint a new secret. The one before signs too, until the time is over.
     *
     * @param grace null: as the server is set
     */
    public Endpoint rotate(Caller caller, UUID id, @Nullable Integer revision, @Nullable Duration grace) {
        Endpoint seen = seen(caller, id, revision);
        Instant now = clock.instant();
        Duration both = grace == null ? settings.rotation() : grace;
        transactions.inNew(() -> refuseUnless(store.rotate(seen, WebhookSecret.generate(), now.plus(both), now)));
        endpoints.refresh();
        return find(caller, id);
    }

    /** Removes an endpoint with its deliveries. */
    public void remove(Caller caller, UUID id, @Nullable Integer revision) {
        Endpoint seen = seen(caller, id, revision);
        transactions.inNew(() -> {
            refuseUnless(store.remove(seen));
            deliveries.removeOf(id);
        });
        endpoints.refresh();
    }

    private Endpoint seen(Caller caller, UUID id, @Nullable Integer revision) {
        Endpoint seen = find(caller, id);
        refuseUnless(revision == null || seen.revision() == revision);
        return seen;
    }

    private static void refuseUnless(boolean isAsSeen) {
        if (!isAsSeen) {
            throw new DroverException(
                    ErrorCode.PRECONDITION_FAILED, "The endpoint has been changed since it was read.");
        }
    }

    public List<Delivery> deliveries(Caller caller, DeliveryFilter filter, int limit) {
        return transactions.resultInNew(() -> deliveries.list(caller.scope(), filter, limit));
    }

    /** @throws DroverException {@link ErrorCode#NOT_FOUND}, also for one that the caller may not see */
    public Delivery delivery(Caller caller, UUID id) {
        return transactions
                .resultInNew(() -> deliveries.find(caller.scope(), id))
                .orElseThrow(() ->
                        new DroverException(ErrorCode.NOT_FOUND, "There is no such delivery, or it is not yours."));
    }

    public List<DeliveryAttempt> attempts(Delivery delivery) {
        return transactions.resultInNew(() -> deliveries.attempts(delivery.id()));
    }

    /**
     * Sends a delivery anew, with as many attempts as at first, or at once where it waits for its next one.
     *
     * @throws DroverException when its endpoint is told nothing now, or an attempt goes on
     */
    public Delivery sendAgain(Caller caller, UUID id) {
        Delivery delivery = delivery(caller, id);
        UUID endpointId = delivery.endpointId();
        if (endpointId != null
                && !endpoints.find(endpointId).map(Endpoint::enabled).orElse(false)) {
            throw new DroverException(ErrorCode.WEBHOOK_DISABLED, "The endpoint of this delivery is disabled.");
        }
        if (!transactions.resultInNew(() -> deliveries.again(id, clock.instant()))) {
            throw new DroverException(ErrorCode.WEBHOOK_IN_FLIGHT, "The delivery is being sent at this moment.");
        }
        dispatcher.dispatch(delivery.stream());
        return delivery(caller, id);
    }

    /** How the webhooks do that the caller may see. */
    public WebhookHealth health(Caller caller) {
        Scope scope = caller.scope();
        List<Endpoint> visible = endpoints.all().stream()
                .filter(endpoint -> scope.covers(endpoint.owner()))
                .toList();
        int enabled = (int) visible.stream().filter(Endpoint::enabled).count();
        int failing = (int) visible.stream()
                .filter(endpoint -> endpoint.enabled() && endpoint.failingSince() != null)
                .count();
        Instant now = clock.instant();
        return transactions.resultInNew(() -> new WebhookHealth(
                enabled,
                failing,
                visible.size() - enabled,
                deliveries.counts(scope),
                deliveries
                        .oldestPending(scope)
                        .map(oldest -> Duration.between(oldest, now))
                        .filter(wait -> !wait.isNegative())
                        .orElse(Duration.ZERO)));
    }
}
