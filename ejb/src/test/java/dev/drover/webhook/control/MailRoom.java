// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import dev.drover.job.control.SiteGuard;
import dev.drover.reliability.control.SiteBreakers;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.ManualClock;
import dev.drover.system.control.NodeIdentity;
import dev.drover.system.control.Transactions;
import dev.drover.task.control.ErrorCategory;
import dev.drover.webhook.entity.Delivery;
import dev.drover.webhook.entity.DeliveryAttempt;
import dev.drover.webhook.entity.DeliveryStatus;
import dev.drover.webhook.entity.DeliveryStore;
import dev.drover.webhook.entity.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A webhook room without a server: rows in memory, a post that answers as it is told, and receivers by their addresses. */
final class MailRoom {

    static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    static final String BOOKINGS_URL = "https://project.supabase.example/rest/v1/webhook";

    private static final Owner ALICE = new Owner("default", "alice");

    final ManualClock clock = new ManualClock();
    final Rows rows = new Rows();
    final Answers post = new Answers();
    final List<String> dispatched = new ArrayList<>();
    final List<DeliveryStatus> ended = new ArrayList<>();
    final List<Verdict> judged = new ArrayList<>();
    final Receivers receivers = new Receivers(settings(), clock);
    final List<String> visits = new ArrayList<>();

    @Nullable
    Instant leftAloneUntil;

    Targets.@Nullable Place elsewhere;
    final Courier courier = new Courier(
            rows,
            new Places(),
            receivers,
            new SiteBreakers() {
                @Override
                public Entry enterReceiver(String address) {
                    Instant until = leftAloneUntil;
                    return until == null
                            ? new Entry.Granted(new Remembered(address))
                            : new Entry.Later(until, ErrorCategory.NETWORK, "breaker_open", "Left alone.", true);
                }
            },
            post,
            new DeliveryDispatcher() {
                @Override
                void dispatch(String stream) {
                    dispatched.add(stream);
                }
            },
            new Reputation() {
                @Override
                void judge(Delivery delivery, Verdict verdict, Instant now) {
                    judged.add(verdict);
                }
            },
            new Transactions(),
            settings(),
            new WebhookMeters() {
                @Override
                void attempted(@Nullable String error, Duration took) {}

                @Override
                void ended(DeliveryStatus status) {
                    ended.add(status);
                }
            },
            new NodeIdentity() {
                @Override
                public String name() {
                    return "node-a";
                }
            },
            clock);

    /** What the breakers are told of a visit. */
    private final class Remembered implements SiteGuard.Visit {
        private final String address;

        Remembered(String address) {
            this.address = address;
        }

        @Override
        public void succeeded(Duration took) {
            visits.add(address + " well");
        }

        @Override
        public void failed(ErrorCategory category, String code, Duration took) {
            visits.add(address + " " + category + " " + code);
        }

        @Override
        public void dropped() {
            visits.add(address + " dropped");
        }
    }

    static WebhookSettings settings() {
        return settings(BOOKINGS_URL);
    }

    static WebhookSettings settings(String bookingsUrl) {
        return new WebhookSettings(
                Optional.empty(),
                Optional.of(bookingsUrl),
                Optional.of("service-key"),
                8,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                Duration.ofDays(5),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(7),
                50);
    }

    /** Writes the event of a job as its ledger would. */
    Row event(UUID job, int seq, String type) {
        return rows.add(Delivery.toAddressOfJob(
                ALICE,
                job,
                seq,
                type,
                "https://shop.example.com/hook?job=" + job,
                "{\"seq\":" + seq + "}",
                "0af7651916cd43dd8448eb211c80319c",
                clock.instant()));
    }

    /** One for each letter, else 200. */
    static final class Answers implements Post {
        final List<Letter> letters = new ArrayList<>();
        final Deque<Answer> next = new ArrayDeque<>();
        Runnable meanwhile = () -> {};

        void answer(int... statuses) {
            for (int status : statuses) {
                next.add(new Answered(status, "", null));
            }
        }

        @Override
        public Answer send(Letter letter) {
            letters.add(letter);
            meanwhile.run();
            Answer answer = next.poll();
            return answer == null ? new Answered(200, "ok", null) : answer;
        }

        List<String> bodies() {
            return letters.stream().map(Letter::body).toList();
        }
    }

    private final class Places extends Targets {
        @Override
        Place of(Delivery delivery) {
            return elsewhere == null ? new Target(delivery.url(), "shop", List.of(SECRET), Map.of()) : elsewhere;
        }
    }

    /** A row as it stands. */
    static final class Row extends Delivery {
        private final Delivery written;
        DeliveryStatus status = DeliveryStatus.PENDING;
        int attempts;

        @Nullable
        Instant nextAt;

        @Nullable
        Instant leaseUntil;

        @Nullable
        String error;

        Row(Delivery written) {
            this.written = written;
            this.nextAt = written.nextAt();
        }

        /** As whoever reads it has it from then on. */
        Delivery seen() {
            Row snapshot = new Row(written);
            snapshot.status = status;
            snapshot.attempts = attempts;
            snapshot.nextAt = nextAt;
            snapshot.leaseUntil = leaseUntil;
            snapshot.error = error;
            return snapshot;
        }

        @Override
        public UUID id() {
            return written.id();
        }

        @Override
        public Owner owner() {
            return written.owner();
        }

        @Override
        public @Nullable UUID endpointId() {
            return written.endpointId();
        }

        @Override
        public @Nullable UUID jobId() {
            return written.jobId();
        }

        @Override
        public String eventType() {
            return written.eventType();
        }

        @Override
        public String url() {
            return written.url();
        }

        @Override
        public String stream() {
            return written.stream();
        }

        @Override
        public long streamSeq() {
            return written.streamSeq();
        }

        @Override
        public String body() {
            return written.body();
        }

        @Override
        public @Nullable String traceId() {
            return written.traceId();
        }

        @Override
        public DeliveryStatus status() {
            return status;
        }

        @Override
        public int attempts() {
            return attempts;
        }

        @Override
        public int roundStart() {
            return 0;
        }

        @Override
        public @Nullable Instant nextAt() {
            return nextAt;
        }

        @Override
        public @Nullable Instant leaseUntil() {
            return leaseUntil;
        }

        @Override
        public @Nullable Integer answerStatus() {
            return null;
        }
    }

    /** The store in memory. */
    static final class Rows extends DeliveryStore {
        final List<DeliveryAttempt> attempts = new ArrayList<>();
        private final Map<UUID, Row> byId = new LinkedHashMap<>();

        Row add(Delivery written) {
            Row row = new Row(written);
            byId.put(row.id(), row);
            return row;
        }

        @Override
        public Optional<Delivery> next(String stream) {
            return byId.values().stream()
                    .filter(row -> row.stream().equals(stream) && row.status == DeliveryStatus.PENDING)
                    .min(Comparator.comparing(Row::streamSeq))
                    .map(Row::seen);
        }

        @Override
        public boolean hasNewer(Delivery delivery) {
            return byId.values().stream()
                    .anyMatch(row -> row.stream().equals(delivery.stream())
                            && row.status == DeliveryStatus.PENDING
                            && row.eventType().equals(delivery.eventType())
                            && row.streamSeq() > delivery.streamSeq());
        }

        @Override
        public boolean claim(Delivery seen, String node, Instant now, Instant leaseUntil) {
            Row row = row(seen.id());
            row.attempts++;
            row.leaseUntil = leaseUntil;
            return true;
        }

        @Override
        public boolean settle(UUID id, int attempt, Settlement end) {
            Row row = row(id);
            if (row.attempts != attempt || row.status != DeliveryStatus.PENDING) {
                return false;
            }
            row.status = end.status();
            row.nextAt = end.nextAt();
            row.leaseUntil = null;
            row.error = end.error();
            return true;
        }

        @Override
        public void insert(DeliveryAttempt attempt) {
            attempts.add(attempt);
        }

        @Override
        public void postpone(Delivery seen, Instant until) {
            row(seen.id()).nextAt = until;
        }

        private Row row(UUID id) {
            return Optional.ofNullable(byId.get(id)).orElseThrow();
        }
    }
}
