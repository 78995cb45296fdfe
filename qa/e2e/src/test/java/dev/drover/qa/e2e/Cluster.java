// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import dev.drover.qa.postgres.PrivatePostgres;
import dev.drover.qa.sites.SampleSites;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Two servers on one PostgreSQL and one external Artemis, with all of them in the hands of the tests. */
final class Cluster implements AutoCloseable {

    static final int LEASE_SECONDS = 4;

    /** Few, so that a test can use them up. */
    static final int CONNECTIONS = 8;

    private static final String ROLES = "DROVER_ROLES";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Closing closing = new Closing();
    private final PrivatePostgres postgres = closing.later(PrivatePostgres.start());
    private final ExternalBroker broker = closing.later(ExternalBroker.start());
    private final SampleSites sites = closing.later(SampleSites.start(0));
    private final DroverServer front;
    private final DroverServer worker;

    private Cluster() {
        CompletableFuture<DroverServer> other =
                CompletableFuture.supplyAsync(() -> node("worker-1", "worker"), Thread::startVirtualThread);
        front = closing.later(node("front-1", "api"));
        worker = closing.later(other.join());
        awaitBrowsers(1);
    }

    /** Until it is known of so many nodes that they have a browser: one that has just started has not tried yet. */
    void awaitBrowsers(int nodes) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Json.list(front.api().get("/hosts").json().path("items")).stream()
                                .filter(host -> Json.list(host.path("capabilities")).stream()
                                        .anyMatch(one -> one.asText().equals("chromium")))
                                .count()
                        >= nodes);
    }

    static Cluster start() {
        return new Cluster();
    }

    private DroverServer node(String name, String role) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LINK_SECRET",
                "known to both of these nodes",
                "DB_URL",
                postgres.jdbcUrl(),
                "DB_USER",
                "drover",
                "DB_PASSWORD",
                "",
                "DB_POOL_SIZE",
                Integer.toString(CONNECTIONS),
                "BROKER_URL",
                broker.url(),
                "DROVER_JOBS_LEASE_SECONDS",
                Integer.toString(LEASE_SECONDS),
                "DROVER_JOBS_RETRY_BASE_SECONDS",
                "0.3",
                "DROVER_JOBS_REDISPATCH_AFTER_SECONDS",
                "8",
                "DROVER_LEVEL_RECOVERY_SECONDS",
                "1"));
        settings.put("DROVER_VAULT_KEY", "a25vd24gdG8gYm90aCBvZiB0aGVzZSBub2Rlcy4uLi4=");
        settings.put(ROLES, role);
        settings.put("DROVER_NODE_NAME", name);
        return DroverServer.start(name, settings);
    }

    /** Starts one more node that runs jobs. */
    DroverServer oneMoreWorker(String name) {
        return closing.later(node(name, "worker"));
    }

    PrivatePostgres postgres() {
        return postgres;
    }

    ExternalBroker broker() {
        return broker;
    }

    SampleSites sites() {
        return sites;
    }

    /** The node {@code front-1}, in these roles: another start if it has others. */
    DroverServer frontAs(String roles) {
        if (!front.setting(ROLES).equals(roles)) {
            front.down();
            front.upWith(Map.of(ROLES, roles));
        }
        return front;
    }

    /** The node {@code front-1} in whatever roles it has. */
    DroverServer front() {
        return front;
    }

    /** The node {@code worker-1}, which has no other role. */
    DroverServer worker() {
        return worker;
    }

    List<DroverServer> nodes() {
        return List.of(front, worker);
    }

    @Override
    public void close() {
        closing.close();
    }
}
