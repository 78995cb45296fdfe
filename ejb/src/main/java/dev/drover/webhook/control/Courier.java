// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.event.entity.EventType;
import dev.drover.job.control.SiteGuard;
import dev.drover.reliability.control.SiteBreakers;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import dev.drover.task.control.ErrorCategory;
import dev.drover.webhook.control.Post.Answer;
import dev.drover.webhook.control.Post.Answered;
import dev.drover.webhook.control.Post.Letter;
import dev.drover.webhook.control.Post.Unanswered;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryAttempt;
import dev.drover.webhook.entity.DeliveryStatus;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Settlement;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** Sends what is due of one stream, in its order, and writes down what came of it. */
@ApplicationScoped
public class Courier {

    private static final Logger LOG = Logger.getLogger(Courier.class.getName());

    /** After so many of one stream others have their turn. */
    private static final int MOST_IN_ONE_GO = 20;

    /** An attempt whose node does not come back within this time after its time-out is made again. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(45);

    private DeliveryStore deliveries;
    private Targets targets;
    private Receivers receivers;
    private SiteBreakers breakers;
    private Post post;
    private DeliveryDispatcher dispatcher;
    private Reputation reputation;
    private Transactions transactions;
    private WebhookSettings settings;
    private WebhookMeters meters;
    private Verdicts verdicts;
    private NodeIdentity node;
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Courier() {}

    @Inject
    public Courier(
            DeliveryStore deliveries,
            Targets targets,
            Receivers receivers,
            SiteBreakers breakers,
            Post post,
            DeliveryDispatcher dispatcher,
            Reputation reputation,
            Transactions transactions,
            WebhookSettings settings,
            WebhookMeters meters,
            NodeIdentity node,
            Clock clock) {
        this.deliveries = deliveries;
        this.targets = targets;
        this.receivers = receivers;
        this.breakers = breakers;
        this.post = post;
        this.dispatcher = dispatcher;
        this.reputation = reputation;
        this.transactions = transactions;
        this.settings = settings;
        this.meters = meters;
        this.verdicts = new Verdicts(
                new BackOff(settings.pauses(), () -> ThreadLocalRandom.current().nextDouble()));
        this.node = node;
        this.clock = clock;
    }

    /** Sends the first of the stream that waits, and on, until one is not due, or not to be sent now. */
    void work(String stream) {
        for (int i = 0; i < MOST_IN_ONE_GO; i++) {
            Optional<Delivery> next = transactions.resultInNew(() -> deliveries.next(stream));
            if (next.isEmpty() || !isFree(next.get()) || !settle(next.get())) {
                return;
            }
        }
        dispatcher.dispatch(stream);
    }

    private boolean isFree(Delivery delivery) {
        Instant now = clock.instant();
        Instant due = delivery.nextAt();
        Instant lease = delivery.leaseUntil();
        return due != null && !due.isAfter(now) && (lease == null || lease.isBefore(now));
    }

    /** Whether the one behind it may go on. */
    private boolean settle(Delivery delivery) {
        if (isOutdated(delivery)) {
            return end(delivery, DeliveryStatus.SUPERSEDED, "newer_code");
        }
        return switch (targets.of(delivery)) {
            case Targets.Nobody nobody -> end(delivery, DeliveryStatus.DISCARDED, nobody.error());
            case Targets.Target target -> pass(delivery, target);
        };
    }

    /** A receiver that has failed too often lately, whoever's webhooks it got, is left alone for a while. */
    private boolean pass(Delivery delivery, Targets.Target target) {
        return switch (breakers.enterReceiver(address(target.url()))) {
            case SiteGuard.Entry.Granted granted -> admit(delivery, target, granted.visit());
            case SiteGuard.Entry.Later later -> {
                transactions.inNew(() -> deliveries.postpone(delivery, later.at()));
                yield false;
            }
        };
    }

    private static String address(String url) {
        return String.valueOf(URI.create(url).getRawAuthority()).replaceFirst("^.*@", "");
    }

    /** Nobody can scan a code any more once there is a newer one. */
    private boolean isOutdated(Delivery delivery) {
        return delivery.eventType().equals(EventType.QR_CODE_UPDATE.wireName())
                && transactions.resultInNew(() -> deliveries.hasNewer(delivery));
    }

    private boolean end(Delivery delivery, DeliveryStatus status, String error) {
        Settlement end = Settlement.ended(status, clock.instant(), delivery.url(), delivery.answerStatus(), error);
        boolean ended = transactions.resultInNew(() -> deliveries.settle(delivery.id(), delivery.attempts(), end));
        if (ended) {
            meters.ended(status);
        }
        return ended;
    }

    private boolean admit(Delivery delivery, Targets.Target target, SiteGuard.Visit visit) {
        return switch (receivers.enter(target.receiver(), delivery.stream())) {
            case Receivers.Granted granted -> {
                try {
                    yield attempt(delivery, target, visit);
                } finally {
                    receivers.leave(target.receiver(), granted).forEach(dispatcher::dispatch);
                }
            }
            case Receivers.Busy busy -> {
                visit.dropped();
                yield false;
            }
            case Receivers.Paused paused -> {
                visit.dropped();
                transactions.inNew(() -> deliveries.postpone(delivery, paused.until()));
                yield false;
            }
        };
    }

    private boolean attempt(Delivery delivery, Targets.Target target, SiteGuard.Visit visit) {
        Instant begin = clock.instant();
        Instant lease = begin.plus(settings.timeout()).plus(LEASE_MARGIN);
        if (!transactions.resultInNew(() -> deliveries.claim(delivery, node.name(), begin, lease))) {
            // Somebody else has it.
            visit.dropped();
            return false;
        }
        return DeliveryLogContext.during(delivery, () -> {
            Answer answer = post.send(letter(delivery, target, begin));
            Duration took = Duration.between(begin, clock.instant());
            tell(visit, answer, took);
            return settle(delivery, target, answer, begin, took);
        });
    }

    /** What the answer says of the receiver itself. */
    private static void tell(SiteGuard.Visit visit, Answer answer, Duration took) {
        switch (answer) {
            case Answered answered -> {
                if (answered.status() < 400) {
                    visit.succeeded(took);
                } else {
                    visit.failed(ErrorCategory.HTTP_STATUS, "http_" + answered.status(), took);
                }
            }
            case Unanswered none -> {
                if (none.isFinal() || none.error().equals(Post.SERVER_STOPPED)) {
                    visit.dropped();
                } else {
                    visit.failed(ErrorCategory.NETWORK, none.error(), took);
                }
            }
        }
    }

    private static Letter letter(Delivery delivery, Targets.Target target, Instant at) {
        String id = delivery.id().toString();
        Map<String, String> headers = new HashMap<>(target.headers());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put("webhook-signature", Signature.header(target.secrets(), id, at, delivery.body()));
        String trace = delivery.traceId();
        if (trace != null) {
            headers.put(
                    "traceparent",
                    "00-%s-%016x-01"
                            .formatted(trace, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        }
        return new Letter(URI.create(target.url()), headers, delivery.body());
    }

    private boolean settle(Delivery delivery, Targets.Target target, Answer answer, Instant begin, Duration took) {
        int number = delivery.attempts() + 1;
        Instant now = clock.instant();
        Verdict verdict = verdicts.of(answer, number - delivery.roundStart());
        Settlement settlement = verdict.settlement(now, target.url());
        DeliveryAttempt attempt = new DeliveryAttempt(
                delivery.id(),
                number,
                node.name(),
                begin,
                took,
                verdict.answerStatus(),
                verdict.answer(),
                verdict.error(),
                verdict.message());
        boolean settled = transactions.resultInNew(() -> {
            boolean mine = deliveries.settle(delivery.id(), number, settlement);
            if (mine) {
                deliveries.insert(attempt);
            }
            return mine;
        });
        meters.attempted(verdict.error(), took);
        tell(delivery, verdict, number);
        if (!settled) {
            return false;
        }
        if (verdict.pausesReceiver()) {
            receivers.pause(target.receiver(), now.plus(verdict.pause()));
        }
        if (settlement.status() != DeliveryStatus.PENDING) {
            meters.ended(settlement.status());
        }
        reputation.judge(delivery, verdict, now);
        return settlement.status() != DeliveryStatus.PENDING;
    }

    private void tell(Delivery delivery, Verdict verdict, int number) {
        if (verdict.error() == null) {
            LOG.fine(() -> "webhook %s was taken".formatted(delivery.id()));
        } else {
            LOG.info(() -> "DROVER5002 attempt %d of webhook %s failed: %s, %s"
                    .formatted(number, delivery.id(), verdict.error(), verdict.message()));
        }
    }
}
