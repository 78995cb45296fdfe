// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import dev.drover.event.entity.EventQueries;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Gives this node's subscribers the events of all nodes. Whoever publishes never waits for a subscriber: frames go into
 * a queue, one thread deals them out, and every subscriber has a bounded queue of its own with one send in flight.
 */
@ApplicationScoped
public class EventHub {

    private final LinkedBlockingQueue<List<EventFrame>> published = new LinkedBlockingQueue<>();
    private final Map<UUID, List<Subscriber>> byJob = new ConcurrentHashMap<>();
    private final Set<Subscriber> filtered = ConcurrentHashMap.newKeySet();

    private EventQueries events;
    private Thread dealer;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedExecutorService executor;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected EventHub() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // threads are injected, the dealer starts with the bean
    public EventHub(EventQueries events) {
        this.events = events;
    }

    @PostConstruct
    void start() {
        start(threads);
    }

    void start(ThreadFactory threadFactory) {
        dealer = threadFactory.newThread(this::deal);
        dealer.setName("drover-event-hub");
        dealer.start();
    }

    @PreDestroy
    void stop() {
        dealer.interrupt();
    }

    /** Hands over events that are in the database; returns at once. Events of one job come in their order. */
    public void publish(List<EventFrame> frames) {
        if (!frames.isEmpty() && hasSubscribers()) {
            published.add(frames);
        }
    }

    /** Follows one job: first what lies in the database after the given number, then what comes, until the job's end. */
    public Subscription follow(UUID jobId, int after, EventSink sink) {
        Subscriber.Replay replay = new Subscriber.Replay() {
            @Override
            public List<EventFrame> after(int seq) {
                return events.after(jobId, seq, Subscriber.REPLAY_PAGE).stream()
                        .map(event -> EventFrames.frame(event, Map.of()))
                        .toList();
            }

            @Override
            public Executor executor() {
                return executor;
            }
        };
        Subscriber subscriber = new Subscriber(sink, replay, after);
        byJob.compute(jobId, (id, followers) -> {
            List<Subscriber> all = followers == null ? new CopyOnWriteArrayList<>() : followers;
            all.add(subscriber);
            return all;
        });
        subscriber.onClose(() -> byJob.computeIfPresent(jobId, (id, followers) -> {
            followers.remove(subscriber);
            return followers.isEmpty() ? null : followers;
        }));
        subscriber.catchUp();
        return subscriber;
    }

    /** Hears what comes from now on and fits the filter. */
    public Subscription subscribe(EventFilter filter, EventSink sink) {
        Subscriber subscriber = new Subscriber(sink, filter);
        filtered.add(subscriber);
        subscriber.onClose(() -> filtered.remove(subscriber));
        return subscriber;
    }

    /** How many subscribers this node has. */
    public int subscribers() {
        return filtered.size() + byJob.values().stream().mapToInt(List::size).sum();
    }

    /** Whether anyone on this node listens, so that frames need not be made for nobody. */
    public boolean hasSubscribers() {
        return !byJob.isEmpty() || !filtered.isEmpty();
    }

    private void deal() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (EventFrame frame : published.take()) {
                    byJob.getOrDefault(frame.jobId(), List.of()).forEach(subscriber -> subscriber.offer(frame));
                    filtered.forEach(subscriber -> subscriber.offer(frame));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
