// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.ErrorCategory.Recovery;
import dev.drover.task.control.ParamsCheck.Violation;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskFailure;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Books a driving test. It never books twice: before it chooses a time, and again when the site did not say how a
 * confirmation went, it looks whether the booking is there already.
 */
public final class BookingTask implements AutomationTask {

    private static final String SITE = "site_url";
    private static final TaskDescriptor DESCRIPTOR =
            TaskDescriptor.fromResource(BookingTask.class, "booking.task.json");
    private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

    /** How often a session may end before the site is taken to be beyond use. */
    private static final int MOST_LOGINS = 3;

    private final Supplier<BookingSettings> settings;

    public BookingTask() {
        this(() -> BookingSettings.from(ConfigProvider.getConfig()));
    }

    BookingTask(Supplier<BookingSettings> settings) {
        this.settings = settings;
    }

    @Override
    public TaskDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public boolean asksPeople() {
        return true;
    }

    @Override
    public List<Violation> objections(ObjectNode params) {
        return Wish.objections(params, LocalDate.now(SWEDEN));
    }

    @Override
    public ObjectNode completed(ObjectNode params) {
        String site = settings.get().siteUrl();
        return params.has(SITE) || site.isEmpty() ? params : params.put(SITE, site);
    }

    @Override
    public Optional<ObjectNode> booking(@Nullable JsonNode result) {
        ObjectNode booking = JsonNodeFactory.instance.objectNode().put("success", result != null);
        if (result != null) {
            for (String part : List.of("booking_result", "slots")) {
                if (result.has(part)) {
                    booking.set(part, result.get(part));
                }
            }
        }
        return Optional.of(booking);
    }

    @Override
    public JsonNode run(TaskContext context) throws InterruptedException {
        Wish wish = Wish.of(context.params());
        SiteProfile profile = settings.get().profile().map(SiteProfile::of).orElseGet(SiteProfile::builtIn);
        String site = context.params().path(SITE).asText("");
        if (site.isEmpty()) {
            throw new TaskFailure(
                    ErrorCategory.INVALID_INPUT,
                    "no_site",
                    "This server knows no booking site: set BOOKING_SITE_URL, or name a site_url.");
        }
        BookingPages pages = new BookingPages(context, profile, site);
        context.progress("initializing", 5, "Opening the booking site");
        pages.open("");
        for (int login = 1; ; login++) {
            new BankIdLogin(context, profile, pages).logIn(wish.personNumber());
            try {
                return inside(context, pages, wish);
            } catch (LoggedOut e) {
                if (login == MOST_LOGINS) {
                    throw new TaskFailure(
                            ErrorCategory.EXPECTATION,
                            "session_expired",
                            "The site ended the session %d times before the booking was made.".formatted(login));
                }
                context.log("The site has ended the session: logging in again.");
            }
        }
    }

    private static JsonNode inside(TaskContext context, BookingPages pages, Wish wish) {
        context.progress("searching", 45, "Looking for bookings that are there already");
        Optional<Booked> existing = existing(pages, wish);
        if (existing.isPresent()) {
            context.log("This is booked already.");
            return booked(existing.get());
        }
        List<Slot> all = new ArrayList<>();
        for (Wish.Range range : wish.ranges()) {
            List<Slot> found = search(context, pages, wish, range);
            all.addAll(found);
            if (wish.autoBook()) {
                Optional<Booked> booked = bookFirst(context, pages, wish, range, found);
                if (booked.isPresent()) {
                    return booked(booked.get());
                }
            }
        }
        if (wish.autoBook()) {
            throw new TaskFailure(
                            ErrorCategory.EXPECTATION,
                            "no_free_time",
                            all.isEmpty()
                                    ? "There is no free time at these places on these days."
                                    : "All %d free times were taken by others.".formatted(all.size()))
                    .recoverBy(Recovery.FAIL);
        }
        return reported(all);
    }

    private static List<Slot> search(TaskContext context, BookingPages pages, Wish wish, Wish.Range range) {
        List<Slot> found = new ArrayList<>();
        for (String location : wish.locations()) {
            context.progress(
                    "searching", 50, "Searching %s from %s to %s".formatted(location, range.start(), range.end()));
            pages.search(wish, location, range).stream()
                    .filter(slot -> range.covers(slot.at().toLocalDate()))
                    .forEach(found::add);
        }
        found.sort(wish.preference());
        return found;
    }

    /** Tries the times in the order of preference until one is booked; what others take meanwhile is passed over. */
    private static Optional<Booked> bookFirst(
            TaskContext context, BookingPages pages, Wish wish, Wish.Range range, List<Slot> found) {
        for (Slot slot : found) {
            context.progress("booking", 70, "Booking " + slot.spoken());
            // The page shows the place that was searched last.
            pages.search(wish, slot.location(), range);
            Optional<Booked> booked = pages.choose(slot) ? confirm(context, pages, wish, slot) : Optional.empty();
            if (booked.isPresent()) {
                return booked;
            }
            context.log("Somebody else has taken " + slot.spoken() + ".");
        }
        return Optional.empty();
    }

    private static Optional<Booked> confirm(TaskContext context, BookingPages pages, Wish wish, Slot slot) {
        context.progress("confirming", 90, "Confirming " + slot.spoken());
        try {
            return pages.confirm();
        } catch (TaskFailure failure) {
            context.log("The site did not say whether it is booked: " + failure.getMessage());
            Optional<Booked> existing = existing(pages, wish);
            if (existing.isEmpty()) {
                throw failure;
            }
            return existing;
        }
    }

    private static Optional<Booked> existing(BookingPages pages, Wish wish) {
        return pages.bookings().stream().filter(wish::isFulfilledBy).findFirst();
    }

    private static ObjectNode booked(Booked booked) {
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("success", true).put("booked", true);
        result.set("booking_result", booked.toJson());
        return result;
    }

    private static ObjectNode reported(List<Slot> slots) {
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("success", true).put("booked", false);
        ArrayNode all = result.putArray("slots");
        slots.forEach(slot -> all.add(slot.toJson()));
        return result;
    }
}
