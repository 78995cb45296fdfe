// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What stands behind the booking site: the script of each scene, and the phone with the BankID app. A scene is named in
 * the path of its site, {@code /sites/booking/at/<scene>}; the one without a name is {@code /sites/booking}.
 */
final class BookingControl {

    static final String HERE = "/booking/control/";

    private final Map<String, BookingScene> scenes = new ConcurrentHashMap<>();

    void addTo(Routes routes) {
        Answer page = Answer.html(Pages.text("booking-control.html"));
        routes.at(
                        HERE,
                        visit -> visit.path().equals(Routes.ROOT + HERE)
                                ? page
                                : Answer.html(404, Pages.notFound(visit.path())))
                .at(HERE + "script", this::script)
                .at(HERE + "scan", this::scan)
                .at(HERE + "state", this::state)
                .at(HERE + "expire", this::expire);
    }

    BookingScene scene(String name) {
        return scenes.computeIfAbsent(name, unknown -> new BookingScene(BookingScript.of(Map.of())));
    }

    /** Begins a scene anew, with the script in the query. */
    private Answer script(Visit visit) {
        String name = visit.query("scene", "");
        scenes.put(name, new BookingScene(BookingScript.of(visit.query())));
        return Answer.json("{\"site\": \"/sites/booking" + (name.isEmpty() ? "" : "/at/" + Pages.escape(name)) + "\"}");
    }

    /**
     * The phone: it scans the code whose text is {@code payload} and does what {@code answer} says: {@code approve}
     * (without a word), {@code open} (asks its owner, who takes time), {@code cancel}. 409 for a code that is not valid.
     */
    private Answer scan(Visit visit) {
        Instant now = Instant.now();
        String payload = visit.query("payload", "");
        Optional<BankIdOrder> order = scenes.values().stream()
                .flatMap(scene -> scene.orderOf(payload, now).or(() -> scene.openedBy(payload)).stream())
                .findFirst();
        if (order.isEmpty()) {
            return status(409, "{\"status\": \"failed\", \"hint\": \"startFailed\"}");
        }
        switch (visit.query("answer", "approve")) {
            case "open" -> order.get().open();
            case "cancel" -> order.get().fail("userCancel");
            default -> order.get().complete();
        }
        return Answer.json("{\"status\": \"%s\"}".formatted(wire(order.get().status(now))));
    }

    private Answer expire(Visit visit) {
        scene(visit.query("scene", "")).expireSessions();
        return Answer.json("{}");
    }

    private Answer state(Visit visit) {
        BookingScene scene = scene(visit.query("scene", ""));
        String bookings = scene.bookings().stream()
                .map(booking -> """
                        {"booking_id": "%s", "confirmation_number": "%s", "person": "%s", "license_type": "%s",
                         "exam_type": "%s", "location": "%s", "exam_date": "%s", "exam_time": "%s"}""".formatted(
                                booking.id(),
                                booking.number(),
                                booking.person(),
                                booking.licence(),
                                booking.exam(),
                                booking.slot().place(),
                                booking.slot().at().toLocalDate(),
                                booking.slot().at().toLocalTime()))
                .collect(Collectors.joining(", "));
        return Answer.json("{\"orders\": %d, \"logins\": %d, \"bookings\": [%s]}"
                .formatted(scene.orders(), scene.logins(), bookings));
    }

    private static Answer status(int status, String json) {
        return Answer.bytes(status, "application/json", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static String wire(BankIdOrder.Status status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }
}
