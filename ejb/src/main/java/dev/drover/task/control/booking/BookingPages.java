// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.LoadState;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskContext;
import dev.drover.task.control.TaskFailure;
import dev.drover.task.control.web.WebPage;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pages of a booking site, as its profile describes them. */
final class BookingPages {

    private static final Duration PAGE_WAIT = Duration.ofSeconds(30);
    private static final double QUEUE_LOOK_MILLIS = 300;
    private static final int MOST_TRIES = 5;

    /** One call for all rows: their texts, and the moment that a time element has in its attribute. */
    private static final String READ_ROWS = """
            (rows, fields) => rows.map(row => Object.fromEntries(Object.entries(fields).map(([name, selector]) => {
              const found = row.querySelector(selector);
              return [name, found?.getAttribute('datetime') ?? found?.textContent.trim() ?? ''];
            })))""";

    private final TaskContext context;
    private final SiteProfile profile;
    private final String site;
    private final WebPage web;
    private final Page page;
    private int navigations;
    private @Nullable Response answered;

    BookingPages(TaskContext context, SiteProfile profile, String site) {
        this.context = context;
        this.profile = profile;
        this.site = site.replaceFirst("/+$", "");
        this.web = new WebPage(context);
        this.page = web.page();
        page.onResponse(response -> {
            if (response.request().isNavigationRequest() && response.frame().equals(page.mainFrame())) {
                answered = response;
            }
        });
        page.onFrameNavigated(frame -> navigations += frame.equals(page.mainFrame()) ? 1 : 0);
    }

    Page page() {
        return page;
    }

    /** Opens a page of the site, standing in its queue where it has one. */
    void open(String path) {
        for (int tries = 1; !isOpened(path, tries == MOST_TRIES); tries++) {
            context.checkCancelled();
        }
        standInQueue();
    }

    /** False when the page that was there went on by itself meanwhile, as that of a queue does. */
    private boolean isOpened(String path, boolean last) {
        try {
            web.open(site + path, "domcontentloaded");
            return true;
        } catch (PlaywrightException e) {
            if (last || !String.valueOf(e.getMessage()).contains("interrupted by another navigation")) {
                throw e;
            }
            page.waitForLoadState(
                    LoadState.DOMCONTENTLOADED, new Page.WaitForLoadStateOptions().setTimeout(web.millis(PAGE_WAIT)));
            return false;
        }
    }

    /** Opens a page that only those see who are logged in. */
    private void openInside(String path) {
        open(path);
        if (isSeen(profile.login().begin())) {
            throw new LoggedOut();
        }
    }

    private void standInQueue() {
        Instant end = Instant.now().plusSeconds(profile.queue().mostSeconds());
        boolean told = false;
        while (isSeen(profile.queue().element())) {
            if (!told) {
                context.log("The site has a queue; waiting for our turn.");
                told = true;
            }
            context.checkCancelled();
            if (Instant.now().isAfter(end)) {
                throw new TaskFailure(ErrorCategory.TIMEOUT, "site_queue", "The site's queue took too long for us.");
            }
            page.waitForTimeout(QUEUE_LOOK_MILLIS);
        }
    }

    /** @throws TaskFailure when the last page that came, whoever led there, was an error of the site */
    void refuseFailed() {
        Response response = answered;
        if (response != null) {
            WebPage.refuseFailed(response);
        }
    }

    boolean isSeen(String selector) {
        return page.locator(selector).first().isVisible();
    }

    /** What an element says now, without waiting for it; nothing when it is not there, or goes as it is read. */
    Optional<String> said(String selector) {
        try {
            return page.locator(selector).allTextContents().stream()
                    .map(String::strip)
                    .findFirst();
        } catch (PlaywrightException e) {
            if (String.valueOf(e.getMessage()).contains("context was destroyed")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Does what leads to another page, and waits for that. */
    void leadOn(Runnable step) {
        int before = navigations;
        answered = null;
        try {
            step.run();
            page.waitForCondition(
                    () -> navigations > before, new Page.WaitForConditionOptions().setTimeout(web.millis(PAGE_WAIT)));
            page.waitForLoadState(
                    LoadState.DOMCONTENTLOADED, new Page.WaitForLoadStateOptions().setTimeout(web.millis(PAGE_WAIT)));
        } catch (TimeoutError e) {
            throw new TaskFailure(
                    ErrorCategory.TIMEOUT,
                    "navigation_timeout",
                    "The site did not answer in time after %s.".formatted(page.url()),
                    e);
        }
        refuseFailed();
        standInQueue();
        if (isSeen(profile.login().begin())) {
            throw new LoggedOut();
        }
    }

    /** What is free at a place in a range, as the site lists it. */
    List<Slot> search(Wish wish, String location, Wish.Range range) {
        SiteProfile.Search search = profile.search();
        if (!isSeen(search.form())) {
            openInside(profile.paths().search());
        }
        enter(search.licence(), wish.licence());
        enter(search.exam(), wish.exam());
        enter(search.location(), location);
        enter(search.from(), range.start().toString());
        enter(search.to(), range.end().toString());
        leadOn(() -> visible(search.submit()).click());
        List<Slot> slots = new ArrayList<>();
        for (Map<String, String> row : rows(search.slot(), Map.of("time", search.time(), "place", search.place()))) {
            slots.add(new Slot(moment(row), text(row, "place"), location));
        }
        return slots;
    }

    /** Chooses a time that the last search has shown. False when it is not to be had any more. */
    boolean choose(Slot slot) {
        SiteProfile.Search search = profile.search();
        List<Map<String, String>> rows = rows(search.slot(), Map.of("time", search.time(), "place", search.place()));
        for (int i = 0; i < rows.size(); i++) {
            if (moment(rows.get(i)).equals(slot.at())
                    && text(rows.get(i), "place").equals(slot.place())) {
                Locator row = page.locator(search.slot()).nth(i);
                leadOn(() -> row.locator(search.choose()).first().click());
                return !isSeen(profile.booking().lost());
            }
        }
        return false;
    }

    /** Confirms the chosen time; nothing when somebody else was faster. */
    Optional<Booked> confirm() {
        leadOn(() -> visible(profile.booking().confirm()).click());
        if (isSeen(profile.booking().lost())) {
            return Optional.empty();
        }
        visible(profile.booking().done());
        return bookedHere().stream().findFirst();
    }

    /** All bookings of whoever is logged in. */
    List<Booked> bookings() {
        openInside(profile.paths().bookings());
        visible(profile.booking().list());
        return bookedHere();
    }

    private List<Booked> bookedHere() {
        SiteProfile.Booking booking = profile.booking();
        Map<String, String> fields = Map.of(
                "id", booking.id(),
                "number", booking.number(),
                "licence", booking.licence(),
                "exam", booking.exam(),
                "time", booking.time(),
                "place", booking.place());
        return rows(booking.record(), fields).stream()
                .map(row -> new Booked(
                        text(row, "id"),
                        text(row, "number"),
                        text(row, "licence"),
                        text(row, "exam"),
                        moment(row),
                        text(row, "place")))
                .toList();
    }

    /** An element that must be there. */
    Locator visible(String selector) {
        return web.visible(selector, WebPage.ELEMENT_WAIT);
    }

    /** Fills a field in, or chooses in a list. */
    void enter(String selector, String value) {
        Locator field = visible(selector);
        try {
            if (Boolean.TRUE.equals(field.evaluate("field => field instanceof HTMLSelectElement"))) {
                field.selectOption(value);
            } else {
                field.fill(value);
            }
        } catch (TimeoutError e) {
            throw new TaskFailure(
                    ErrorCategory.MISSING_SELECTOR,
                    "option_not_found",
                    "The site has no '%s' to choose at '%s'.".formatted(value, selector),
                    e);
        }
    }

    @SuppressWarnings("unchecked") // as the script makes them
    private List<Map<String, String>> rows(String selector, Map<String, String> fields) {
        try {
            return (List<Map<String, String>>) page.locator(selector).evaluateAll(READ_ROWS, fields);
        } catch (PlaywrightException e) {
            throw WebPage.selectorOr(e, selector);
        }
    }

    private static String text(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }

    private static LocalDateTime moment(Map<String, String> row) {
        String text = text(row, "time");
        try {
            return LocalDateTime.parse(text.strip().replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw new TaskFailure(
                    ErrorCategory.EXPECTATION, "unknown_layout", "'%s' on the site is no time.".formatted(text), e);
        }
    }
}
