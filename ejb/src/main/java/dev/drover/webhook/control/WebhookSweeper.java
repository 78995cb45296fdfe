// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.OneAtATime;
import dev.drover.system.control.Transactions;
import dev.drover.webhook.entity.DeliveryStore;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells of deliveries whose time has come, and of those of which nobody was told or whoever was told forgot. Every sweep is
 * safe to run on every node at once: who is told claims the row.
 */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookSweeper {

    private static final Logger LOG = Logger.getLogger(WebhookSweeper.class.getName());
    private static final int PAGE = 500;

    /** A row younger than this has its message still on the way. */
    private static final Duration DISPATCH_TIME = Duration.ofSeconds(5);

    /** So long after someone was told they are told again. */
    private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

    private final OneAtATime rounds = new OneAtATime(
            e -> LOG.log(Level.WARNING, "DROVER5004 a sweep of webhooks failed; the next one tries again", e));
    private long ticks;

    @Inject
    private DeliveryStore deliveries;

    @Inject
    private DeliveryDispatcher dispatcher;

    @Inject
    private Endpoints endpoints;

    @Inject
    private AlertOutbox alerts;

    @Inject
    private WebPost post;

    @Inject
    private WebhookMeters meters;

    @Inject
    private WebhookSettings settings;

    @Inject
    private Transactions transactions;

    @Inject
    private NodeIdentity node;

    @Inject
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // injected
    public WebhookSweeper() {}

    /** What this node had under way when it was last stopped, however it was stopped, is sent again. */
    @PostConstruct
    void recover() {
        endpoints.refresh();
        transactions.inNew(() -> deliveries.release(node.name()));
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void tick() {
        rounds.run(() -> sweep(ticks++));
    }

    private void sweep(long tick) {
        Instant now = clock.instant();
        tellOfDue(now);
        if (tick % 5 == 2) {
            endpoints.refresh();
            alerts.flush();
        }
        if (tick % 10 == 3) {
            meters.counted(transactions.resultInNew(deliveries::pending));
            post.tidy();
        }
        if (tick % 60 == 4) {
            transactions.resultInNew(
                    () -> deliveries.removeOld(now.minus(settings.kept()), now.minus(settings.failedKept())));
        }
    }

    private void tellOfDue(Instant now) {
        List<String> due = transactions.resultInNew(() -> {
            List<String> streams = deliveries.due(now, now.minus(DISPATCH_TIME), now.minus(TELL_AGAIN), PAGE);
            if (!streams.isEmpty()) {
                deliveries.told(streams, now);
            }
            return streams;
        });
        due.forEach(dispatcher::dispatch);
    }
}
