// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.OneAtATime;
import dev.drover.system.control.Ticker;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at how the service does, every five seconds on every node, and keeps a sample of it every minute. */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ServiceTimer {

    private static final Logger LOG = Logger.getLogger(ServiceTimer.class.getName());

    private final OneAtATime looks = new OneAtATime(this::failed);
    private final OneAtATime samples = new OneAtATime(this::failed);
    private volatile boolean failed;

    @Inject
    private FactsReader facts;

    @Inject
    private ServiceWatch watch;

    @Inject
    private SiteBreakers breakers;

    @Inject
    private Alerts alerts;

    @Inject
    private Trends trends;

    @Inject
    private TaskFallbacks fallbacks;

    @Inject
    private ServiceMeters serviceMeters;

    @Inject
    private AlertMeters alertMeters;

    @Inject
    private AlertSettings settings;

    @Inject
    @Any
    private Instance<AlarmSource> others;

    @Inject
    private NodeIdentity node;

    @Inject
    private Ticker ticker;

    @SuppressWarnings("NullAway.Init") // injected
    public ServiceTimer() {}

    @PostConstruct
    void start() {
        serviceMeters.show(watch);
        alertMeters.show(alerts);
        ticker.every(Duration.ofSeconds(5), this::look);
        ticker.every(Duration.ofMinutes(1), this::sample);
    }

    private void look() {
        looks.run(() -> {
            ServiceWatch.Assessment now = watch.judge(facts.read());
            List<Alarm> alarms = new ArrayList<>(Alarm.of(now, breakers.list(), settings, node.name()));
            others.forEach(source -> alarms.addAll(source.alarms()));
            alerts.update(alarms, now.facts().databaseUp());
            failed = false;
        });
    }

    private void sample() {
        samples.run(() -> {
            if (watch.current().facts().databaseUp()) {
                trends.sample(watch.current());
                alerts.tidy();
                trends.tidy();
                fallbacks.tidy();
            }
        });
    }

    /** Said once: where the database is away, the next hundred times fail for the same reason. */
    private void failed(RuntimeException e) {
        LOG.log(failed ? Level.FINE : Level.WARNING, "DROVER4023 alerts and trends are not kept for now", e);
        failed = true;
    }
}
