// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds where a delivery goes at this moment, and what signs it. */
@ApplicationScoped
public class Targets {

    /** Where a delivery goes. */
    sealed interface Place {}

    /**
     * Someone.
     *
     * @param receiver the same for all that goes to the same one
     * @param headers that the receiver asks for
     */
    record Target(String url, String receiver, List<WebhookSecret> secrets, Map<String, String> headers)
            implements Place {
        Target {
            secrets = List.copyOf(secrets);
            headers = Map.copyOf(headers);
        }
    }

    /** Nobody any more. */
    record Nobody(String error) implements Place {}

    private Endpoints endpoints;
    private WebhookSecret serverSecret;
    private WebhookSettings settings;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Targets() {}

    @Inject
    public Targets(Endpoints endpoints, WebhookBeans.ServerSecret serverSecret, WebhookSettings settings, Clock clock) {
        this.endpoints = endpoints;
        this.serverSecret = serverSecret.secret();
        this.settings = settings;
        this.clock = clock;
    }

    Place of(Delivery delivery) {
        UUID endpointId = delivery.endpointId();
        if (endpointId == null) {
            // Jobs tell the same address of theirs with a query of their own.
            return new Target(
                    delivery.url(),
                    delivery.url().replaceFirst("\\?.*", ""),
                    List.of(serverSecret),
                    headers(delivery.url()));
        }
        Optional<Endpoint> found = endpoints.find(endpointId);
        if (found.isEmpty()) {
            return new Nobody("endpoint_removed");
        }
        Endpoint endpoint = found.get();
        return endpoint.enabled()
                ? new Target(endpoint.url(), endpoint.id().toString(), secrets(endpoint), Map.of())
                : new Nobody("endpoint_disabled");
    }

    private Map<String, String> headers(String url) {
        return settings.bookingsUrl()
                .filter(url::equals)
                .flatMap(own -> settings.bookingsKey())
                .map(key -> Map.of("apikey", key, "Authorization", "Bearer " + key))
                .orElse(Map.of());
    }

    private List<WebhookSecret> secrets(Endpoint endpoint) {
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(WebhookSecret.parse(endpoint.secret()));
        String previous = endpoint.previousSecret();
        Instant until = endpoint.previousUntil();
        if (previous != null && until != null && until.isAfter(clock.instant())) {
            secrets.add(WebhookSecret.parse(previous));
        }
        return secrets;
    }
}
