// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the booking site is to behave, as its control page says it.
 *
 * @param qr how the code is shown: {@code img}, {@code file}, {@code svg} or {@code canvas}
 * @param layout {@code classic} or {@code compact}
 * @param queueMillis how long a visitor stands in the queue first
 * @param orderSeconds how long an order of BankID lasts
 * @param slowMillis how long every page takes
 * @param errors how many pages answer with {@code errorStatus}
 * @param errorAt the path of those pages within the site, as in {@code sok}; empty for any
 * @param lost how many times are gone when they are chosen
 * @param lostAtConfirm how many times are gone when they are confirmed
 * @param unanswered how many bookings are made without an answer that says so
 * @param elsewhere how many orders fail because they were started on another device
 * @param sessionPages after how many pages a session expires; 0 for never
 * @param slots what is free at first
 */
record BookingScript(
        String qr,
        String layout,
        int queueMillis,
        int orderSeconds,
        int slowMillis,
        int errors,
        int errorStatus,
        String errorAt,
        int lost,
        int lostAtConfirm,
        int unanswered,
        int elsewhere,
        int sessionPages,
        List<Slot> slots) {

    static final List<String> PLACES = List.of("Stockholm", "Uppsala", "Göteborg", "Malmö", "Västerås");

    private static final List<LocalTime> TIMES =
            List.of(LocalTime.of(8, 15), LocalTime.of(10, 30), LocalTime.of(13, 45));
    private static final int MANY = 1_000_000;

    /** A time that can be booked. */
    record Slot(String id, String place, LocalDateTime at) {}

    BookingScript {
        slots = List.copyOf(slots);
    }

    /**
     * Reads a script; whatever is left out is as it usually is.
     *
     * @param query has the free times as {@code Stockholm@2031-02-03T10:30,Uppsala@…}, or {@code none}; without them, there
     *     is much to choose from
     */
    static BookingScript of(Map<String, String> query) {
        String slots = query.getOrDefault("slots", "");
        return new BookingScript(
                query.getOrDefault("qr", "img"),
                query.getOrDefault("layout", "classic"),
                number(query, "queue_ms", 0),
                number(query, "order_seconds", 30),
                number(query, "slow_ms", 0),
                number(query, "errors", 0),
                number(query, "error_status", 503),
                query.getOrDefault("error_at", ""),
                number(query, "lost", 0),
                number(query, "lost_at_confirm", 0),
                number(query, "unanswered", 0),
                number(query, "elsewhere", 0),
                number(query, "session_pages", 0),
                slots.isEmpty()
                        ? usual(LocalDate.now(ZoneId.of("Europe/Stockholm")))
                        : slots.equals("none") ? List.of() : parsed(slots));
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        try {
            return Math.clamp(Integer.parseInt(query.getOrDefault(name, "")), 0, MANY);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static List<Slot> parsed(String text) {
        List<Slot> slots = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.split("@", 2);
            slots.add(new Slot("t" + (slots.size() + 1), parts[0].strip(), LocalDateTime.parse(parts[1].strip())));
        }
        return slots;
    }

    private static List<Slot> usual(LocalDate today) {
        List<Slot> slots = new ArrayList<>();
        for (int day = 7; day < 90; day += 3) {
            for (String place : PLACES) {
                LocalTime time = TIMES.get((day + PLACES.indexOf(place)) % TIMES.size());
                slots.add(new Slot(
                        "t" + (slots.size() + 1), place, today.plusDays(day).atTime(time)));
            }
        }
        return slots;
    }
}
