// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import dev.drover.qa.sites.BookingScript.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One booking site with its own script, orders, sessions and bookings: tests on the same server do not meet. */
final class BookingScene {

    private static final String ANYONE = "199003021239";

    /** A booking as the site keeps it. */
    record Booking(String id, String number, String person, String licence, String exam, Slot slot) {}

    private final BookingScript script;
    private final List<Slot> free;
    private final List<Booking> bookings = new ArrayList<>();
    private final Map<String, BankIdOrder> orders = new HashMap<>();
    private final Map<String, String> persons = new HashMap<>();
    private final Map<String, Integer> pagesOfSession = new HashMap<>();
    private final Map<String, Instant> queued = new HashMap<>();
    private int errors;
    private int lost;
    private int lostAtConfirm;
    private int unanswered;
    private int elsewhere;
    private int logins;

    BookingScene(BookingScript script) {
        this.script = script;
        this.free = new ArrayList<>(script.slots());
        this.errors = script.errors();
        this.lost = script.lost();
        this.lostAtConfirm = script.lostAtConfirm();
        this.unanswered = script.unanswered();
        this.elsewhere = script.elsewhere();
    }

    BookingScript script() {
        return script;
    }

    /** Whether this page is one of those that fail. */
    synchronized boolean failsAt(String page) {
        if (errors > 0 && (script.errorAt().isEmpty() || script.errorAt().equals(page))) {
            errors--;
            return true;
        }
        return false;
    }

    /** How long a visitor still stands in the queue; negative or zero when it is the visitor's turn. */
    synchronized Duration queueLeft(String visitor, Instant now) {
        Instant since = queued.computeIfAbsent(visitor, unknown -> now);
        return Duration.between(now, since.plusMillis(script.queueMillis()));
    }

    synchronized BankIdOrder startOrder(String person, Instant now) {
        // As BankID does: a second order for a person ends the first one too.
        BankIdOrder order = new BankIdOrder(now, Duration.ofSeconds(script.orderSeconds()), person);
        if (!person.isEmpty()) {
            orders.values().stream()
                    .filter(other -> other.person().equals(person) && other.status(now) == BankIdOrder.Status.PENDING)
                    .forEach(other -> {
                        other.fail("cancelled");
                        order.fail("alreadyInProgress");
                    });
        }
        if (elsewhere > 0) {
            elsewhere--;
            order.fail("startFailed");
        }
        orders.put(order.id(), order);
        return order;
    }

    synchronized Optional<BankIdOrder> order(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    /** The order whose code this is, if a phone that reads it now would be let in. */
    synchronized Optional<BankIdOrder> orderOf(String payload, Instant now) {
        return orders.values().stream()
                .filter(order -> order.accepts(payload, now))
                .findFirst();
    }

    /** The order that a phone has opened with a code of this text, whenever that was. */
    synchronized Optional<BankIdOrder> openedBy(String payload) {
        return orders.values().stream()
                .filter(order -> payload.startsWith("bankid." + order.startToken() + "."))
                .filter(order -> order.hint().equals("userSign"))
                .findFirst();
    }

    synchronized String openSession(BankIdOrder order) {
        logins++;
        String session = UUID.randomUUID().toString();
        persons.put(session, order.person().isEmpty() ? ANYONE : order.person());
        pagesOfSession.put(session, 0);
        return session;
    }

    /** Whose session it is, counting the page that asks; nobody's once it has expired. */
    synchronized Optional<String> personOf(String session) {
        String person = persons.get(session);
        if (person == null) {
            return Optional.empty();
        }
        int pages = pagesOfSession.merge(session, 1, Integer::sum);
        if (script.sessionPages() > 0 && pages > script.sessionPages()) {
            persons.remove(session);
            return Optional.empty();
        }
        return Optional.of(person);
    }

    synchronized void expireSessions() {
        persons.clear();
    }

    synchronized List<Slot> free(String place, LocalDate from, LocalDate to) {
        return free.stream()
                .filter(slot -> slot.place().equalsIgnoreCase(place))
                .filter(slot -> !slot.at().toLocalDate().isBefore(from)
                        && !slot.at().toLocalDate().isAfter(to))
                .sorted(Comparator.comparing(Slot::at))
                .toList();
    }

    /** The chosen time; nothing when someone else was faster. */
    synchronized Optional<Slot> choose(String id) {
        Optional<Slot> slot = find(id);
        if (slot.isPresent() && lost > 0) {
            lost--;
            free.remove(slot.get());
            return Optional.empty();
        }
        return slot;
    }

    synchronized Optional<Booking> book(String id, String person, String licence, String exam) {
        Optional<Slot> slot = find(id);
        slot.ifPresent(free::remove);
        if (slot.isPresent() && lostAtConfirm > 0) {
            lostAtConfirm--;
            return Optional.empty();
        }
        return slot.map(at -> {
            int number = 123_456_788 + bookings.size() + 1;
            Booking booking = new Booking("TV" + number, "ABC" + (number % 1000) + "XYZ", person, licence, exam, at);
            bookings.add(booking);
            return booking;
        });
    }

    synchronized boolean keepsQuietAboutABooking() {
        if (unanswered > 0) {
            unanswered--;
            return true;
        }
        return false;
    }

    synchronized List<Booking> bookings() {
        return List.copyOf(bookings);
    }

    synchronized int orders() {
        return orders.size();
    }

    synchronized int logins() {
        return logins;
    }

    private Optional<Slot> find(String id) {
        return free.stream().filter(slot -> slot.id().equals(id)).findFirst();
    }
}
