// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.ParamsCheck.Violation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody wants to have booked. */
record Wish(
        String licence,
        String exam,
        List<String> locations,
        List<Range> ranges,
        boolean autoBook,
        String personNumber) {

    /** Days, both ends included. */
    record Range(LocalDate start, LocalDate end) {
        boolean covers(LocalDate day) {
            return !day.isBefore(start) && !day.isAfter(end);
        }
    }

    Wish {
        locations = List.copyOf(locations);
        ranges = List.copyOf(ranges);
    }

    static Wish of(ObjectNode params) {
        List<String> locations = new ArrayList<>();
        params.path("locations")
                .forEach(location -> locations.add(location.asText().strip()));
        List<Range> ranges = new ArrayList<>();
        params.path("date_ranges").forEach(range -> ranges.add(range(range)));
        return new Wish(
                params.path("license_type").asText(),
                params.path("exam_type").asText(),
                locations,
                ranges,
                params.path("auto_book").asBoolean(true),
                params.path("person_number").asText("").replace("-", ""));
    }

    private static Range range(JsonNode node) {
        return new Range(
                LocalDate.parse(node.path("start").asText()),
                LocalDate.parse(node.path("end").asText()));
    }

    /** What a schema cannot say about dates. */
    static List<Violation> objections(ObjectNode params, LocalDate today) {
        List<Violation> objections = new ArrayList<>();
        JsonNode ranges = params.path("date_ranges");
        for (int i = 0; i < ranges.size(); i++) {
            Range range = range(ranges.get(i));
            String end = "/date_ranges/" + i + "/end";
            if (range.end().isBefore(range.start())) {
                objections.add(new Violation(end, "must not be before start"));
            } else if (range.end().isBefore(today)) {
                objections.add(new Violation(end, "must not be past"));
            }
        }
        return objections;
    }

    /** The better of two times in one range comes first: by day, then by the order of the places, then by hour. */
    Comparator<Slot> preference() {
        return Comparator.comparing((Slot slot) -> slot.at().toLocalDate())
                .thenComparing(slot -> rank(slot.place()))
                .thenComparing(Slot::at);
    }

    private int rank(String place) {
        for (int i = 0; i < locations.size(); i++) {
            if (isAt(place, locations.get(i))) {
                return i;
            }
        }
        return locations.size();
    }

    /** Sites name a place at length: Stockholm Bilprovning. */
    private static boolean isAt(String place, String location) {
        return place.toLowerCase(Locale.ROOT).startsWith(location.toLowerCase(Locale.ROOT));
    }

    /** Whether a booking is what this wish would lead to. */
    boolean isFulfilledBy(Booked booked) {
        return booked.licence().equalsIgnoreCase(licence)
                && booked.exam().equalsIgnoreCase(exam)
                && locations.stream().anyMatch(location -> isAt(booked.place(), location))
                && ranges.stream().anyMatch(range -> range.covers(booked.at().toLocalDate()));
    }
}
