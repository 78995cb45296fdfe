// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control.booking;

import dev.drover.system.control.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * All that is particular to a booking site: paths below its address, CSS selectors, texts and times. A selector may name
 * several elements, where the site has several layouts.
 */
public record SiteProfile(Paths paths, Queue queue, Login login, Search search, Booking booking) {

    private static final String BUILT_IN = "forarprov.site.json";

    public record Paths(String login, String search, String bookings) {}

    /** @param element that is there while one stands in the queue */
    public record Queue(String element, int mostSeconds) {}

    /**
     * The login with BankID on another device.
     *
     * @param personNumber the field for it
     * @param begin starts an order; seen only where one is not logged in
     * @param code holds the QR code
     * @param status says how the order stands
     * @param failed is there once an order has failed
     * @param retry starts another order
     * @param codeSeconds how long a code can be scanned
     * @param withinSeconds how long the person has for all of it
     * @param mostOrders how many orders are started for one login
     */
    public record Login(
            String personNumber,
            String begin,
            String code,
            String status,
            String failed,
            String retry,
            String prompt,
            int codeSeconds,
            int withinSeconds,
            int mostOrders) {

        Duration within() {
            return Duration.ofSeconds(withinSeconds);
        }
    }

    /**
     * The search for free times.
     *
     * @param form is there once one is logged in
     * @param slot one free time
     * @param time of a slot, with a {@code datetime}
     * @param choose of a slot
     */
    public record Search(
            String form,
            String licence,
            String exam,
            String location,
            String from,
            String to,
            String submit,
            String slot,
            String time,
            String place,
            String choose) {}

    /**
     * What follows the choice of a time.
     *
     * @param lost says that somebody else was faster
     * @param done is there once it is booked
     * @param record one booking, there and in the list of all
     */
    public record Booking(
            String confirm,
            String lost,
            String done,
            String list,
            String record,
            String id,
            String number,
            String licence,
            String exam,
            String time,
            String place) {}

    /** @throws UncheckedIOException when it cannot be read or is no profile */
    static SiteProfile builtIn() {
        try (InputStream in = SiteProfile.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + " is not beside " + SiteProfile.class.getName());
            }
            return Json.MAPPER.readValue(in, SiteProfile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(BUILT_IN + " is no profile of a site", e);
        }
    }

    /** @throws UncheckedIOException when it cannot be read or is no profile */
    static SiteProfile of(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readString(file), SiteProfile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no profile of a site", e);
        }
    }
}
