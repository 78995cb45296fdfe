// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import dev.drover.qa.sites.BookingScene.Booking;
import dev.drover.qa.sites.BookingScript.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A site where driving tests are booked, in Swedish, behind a login with BankID, and with all that makes such a site hard
 * to use: a queue, codes that change each second, times that others take, sessions that end. {@link BookingControl} says
 * how it behaves.
 */
final class BookingSite {

    private static final String HERE = "/booking";
    private static final String ROOT = Routes.ROOT + HERE;
    private static final String SCENES = ROOT + "/at/";
    private static final String SESSION = "forarprov";
    private static final String QUEUE = "ko";

    private final BookingControl control = new BookingControl();

    /** A request, with the scene that it is for and the path of that scene's site. */
    private record Request(Visit visit, BookingScene scene, String base, String page) {

        Map<String, String> form() {
            return Visit.form(visit.body());
        }

        Answer html(String title, String body) {
            return html(200, title, body);
        }

        Answer html(int status, String title, String body) {
            return Answer.html(
                    status,
                    Pages.text("booking.html")
                            .replace("{{title}}", title)
                            .replace("{{body}}", body)
                            .replace("{{base}}", base));
        }

        Answer to(String other) {
            return Answer.redirect(303, base + "/" + other);
        }
    }

    void addTo(Routes routes) {
        control.addTo(routes);
        routes.at(HERE, this::answer).at(HERE + "/", this::answer);
    }

    private Answer answer(Visit visit) throws InterruptedException {
        String rest = visit.path().substring(ROOT.length());
        String name = "";
        String base = ROOT;
        if (visit.path().startsWith(SCENES)) {
            name = visit.path().substring(SCENES.length()).replaceFirst("/.*", "");
            base = SCENES + name;
            rest = visit.path().substring(base.length());
        }
        String page = rest.replaceFirst("^/", "");
        Request request = new Request(visit, control.scene(name), base, page);
        return page.startsWith("login/collect") || page.startsWith("login/qr.png") ? part(request) : page(request);
    }

    /** What the login page asks for again and again: neither slow nor failing, as it comes from elsewhere. */
    private static Answer part(Request request) {
        Instant now = Instant.now();
        Optional<BankIdOrder> found = request.scene().order(request.visit().query("id", ""));
        if (found.isEmpty()) {
            return Answer.json("{\"status\": \"failed\", \"hint\": \"expiredTransaction\"}");
        }
        BankIdOrder order = found.get();
        if (request.page().startsWith("login/qr.png")) {
            return Answer.bytes(200, "image/png", QrPicture.of(order.code(now)).png())
                    .with("Cache-Control", "no-store");
        }
        BankIdOrder.Status status = order.status(now);
        Answer answer = Answer.json("{\"status\": \"%s\", \"hint\": \"%s\"%s}"
                .formatted(
                        BookingControl.wire(status),
                        order.hint(),
                        order.showsCode(now) ? code(request, order, now) : ""));
        return status == BankIdOrder.Status.COMPLETE
                ? answer.with("Set-Cookie", cookie(SESSION, request.scene().openSession(order), request))
                : answer;
    }

    private static String code(Request request, BankIdOrder order, Instant now) {
        String text = order.code(now);
        QrPicture picture = QrPicture.of(text);
        String kind = request.scene().script().qr();
        String qr =
                switch (kind) {
                    case "svg" -> "\"svg\": \"" + picture.svg().replace("\"", "\\\"") + "\"";
                    case "canvas" -> "\"rows\": \"" + picture.rows() + "\"";
                    case "file" ->
                        "\"file\": \"%s/login/qr.png?id=%s&t=%d\""
                                .formatted(request.base(), order.id(), now.toEpochMilli());
                    default -> "\"image\": \"" + picture.dataUrl() + "\"";
                };
        return ", \"kind\": \"%s\", \"code\": \"%s\", \"qr\": {%s}".formatted(kind, text, qr);
    }

    private static Answer page(Request request) throws InterruptedException {
        BookingScript script = request.scene().script();
        Thread.sleep(script.slowMillis());
        String visitor = request.visit().cookie(QUEUE);
        if (script.queueMillis() > 0) {
            String known = visitor.isEmpty() ? UUID.randomUUID().toString() : visitor;
            Duration left = request.scene().queueLeft(known, Instant.now());
            if (left.isPositive()) {
                return queue(request, left).with("Set-Cookie", cookie(QUEUE, known, request));
            }
        }
        if (request.scene().failsAt(request.page())) {
            return request.html(
                    script.errorStatus(),
                    "Tekniskt fel",
                    "<h1>Ett tekniskt fel har inträffat</h1><p>Försök senare.</p>");
        }
        return switch (request.page()) {
            case "" -> start(request);
            case "login" -> login(request);
            case "login/start" -> startLogin(request);
            case "logga-ut" -> request.to("").with("Set-Cookie", cookie(SESSION, "", request));
            case "sok" -> behindLogin(request, person -> search(request));
            case "valj" -> behindLogin(request, person -> choose(request));
            case "boka" -> behindLogin(request, person -> book(request, person));
            case "mina" -> behindLogin(request, person -> bookings(request, person));
            default -> request.html(404, "Sidan finns inte", "<h1>Sidan finns inte</h1>");
        };
    }

    private static Answer queue(Request request, Duration left) {
        return request.html("Kö", """
                <h1>Du står i kö</h1>
                <p id="ko" role="status">Det är många besökare just nu. Din beräknade väntetid är %d s.</p>
                <script>setTimeout(() => location.reload(), 300);</script>""".formatted(left.toSeconds() + 1));
    }

    private static Answer start(Request request) {
        return request.html("Välkommen", """
                <h1>Boka körprov och kunskapsprov</h1>
                <p>För att boka behöver du logga in med BankID.</p>
                <p><a class="button" href="{{base}}/login">Logga in</a></p>""");
    }

    private static Answer login(Request request) {
        String expired = request.visit().query("utgangen", "").isEmpty()
                ? ""
                : "<p class=\"notice\" id=\"utgangen\">Din session har gått ut. Logga in igen.</p>";
        return request.html("Logga in", """
                %s<h1>Logga in</h1>
                <form method="post" action="{{base}}/login/start">
                <label for="personnummer">Personnummer (behövs inte)</label>
                <input id="personnummer" name="personnummer" inputmode="numeric" placeholder="ÅÅÅÅMMDDNNNN">
                <button id="annan-enhet">BankID på annan enhet</button>
                </form>""".formatted(expired));
    }

    private static Answer startLogin(Request request) {
        String person = request.form().getOrDefault("personnummer", "").replaceAll("[^0-9]", "");
        BankIdOrder order = request.scene().startOrder(person, Instant.now());
        return request.html(
                "BankID",
                Pages.text("booking-login.html")
                        .replace("{{order}}", order.id())
                        .replace("{{person}}", person));
    }

    private static Answer behindLogin(Request request, Function<String, Answer> page) {
        String session = request.visit().cookie(SESSION);
        return request.scene()
                .personOf(session)
                .map(page)
                .orElseGet(() -> request.to(session.isEmpty() ? "login" : "login?utgangen=1"));
    }

    private static Answer search(Request request) {
        Visit visit = request.visit();
        String licence = visit.query("behorighet", "B");
        String exam = visit.query("prov", "Körprov");
        String place = visit.query("ort", "");
        Optional<LocalDate> from = date(visit.query("fran", ""));
        Optional<LocalDate> to = date(visit.query("till", ""));
        String found = place.isEmpty() || from.isEmpty() || to.isEmpty()
                ? ""
                : times(request, licence, exam, request.scene().free(place, from.get(), to.get()));
        return request.html("Sök tid", """
                <h1>Sök ledig tid</h1>
                <form id="sok" action="{{base}}/sok">
                <label for="behorighet">Behörighet</label><select id="behorighet" name="behorighet">%s</select>
                <label for="prov">Prov</label><select id="prov" name="prov">%s</select>
                <label for="ort">Ort</label><input id="ort" name="ort" value="%s" required>
                <label for="fran">Från och med</label><input id="fran" name="fran" type="date" value="%s" required>
                <label for="till">Till och med</label><input id="till" name="till" type="date" value="%s" required>
                <button>Sök</button>
                </form>%s""".formatted(
                        options(
                                List.of(
                                        "AM", "A1", "A2", "A", "B", "B96", "BE", "C1", "C1E", "C", "CE", "D1", "D1E",
                                        "D", "DE"),
                                licence),
                        options(List.of("Körprov", "Kunskapsprov"), exam),
                        Pages.escape(place),
                        visit.query("fran", "").isEmpty()
                                ? ""
                                : from.map(LocalDate::toString).orElse(""),
                        to.map(LocalDate::toString).orElse(""),
                        found));
    }

    private static String times(Request request, String licence, String exam, List<Slot> slots) {
        if (slots.isEmpty()) {
            return "<h2>Lediga tider</h2><p id=\"inga-tider\">Det finns inga lediga tider som stämmer med din sökning.</p>";
        }
        boolean compact = request.scene().script().layout().equals("compact");
        String rows =
                slots.stream().map(slot -> time(slot, licence, exam, compact)).collect(Collectors.joining());
        return "<h2>Lediga tider</h2>"
                + (compact
                        ? "<table id=\"tider\"><tbody>" + rows + "</tbody></table>"
                        : "<ul id=\"tider\">" + rows + "</ul>");
    }

    private static String time(Slot slot, String licence, String exam, boolean compact) {
        String choose = """
                <form method="post" action="{{base}}/valj"><input type="hidden" name="tid" value="%s"><input type="hidden" name="behorighet" value="%s"><input type="hidden" name="prov" value="%s"><button>Välj</button></form>""".formatted(slot.id(), Pages.escape(licence), Pages.escape(exam));
        String when = "<time datetime=\"%s\">%s kl. %s</time>"
                .formatted(slot.at(), slot.at().toLocalDate(), slot.at().toLocalTime());
        return compact
                ? "<tr class=\"tid\"><td>%s</td><td class=\"ort\">%s</td><td>%s</td></tr>"
                        .formatted(when, Pages.escape(slot.place()), choose)
                : "<li class=\"card ledig-tid\"><p>%s</p><p class=\"ort\">%s</p>%s</li>"
                        .formatted(when, Pages.escape(slot.place()), choose);
    }

    private static Answer choose(Request request) {
        Map<String, String> form = request.form();
        Optional<Slot> slot = request.scene().choose(form.getOrDefault("tid", ""));
        if (slot.isEmpty()) {
            return gone(request);
        }
        return request.html("Bekräfta", """
                <h1>Bekräfta din bokning</h1>
                <p>%s, behörighet %s</p>
                <p><time datetime="%s">%s</time>, <span class="ort">%s</span></p>
                <form method="post" action="{{base}}/boka"><input type="hidden" name="tid" value="%s"><input type="hidden" name="behorighet" value="%s"><input type="hidden" name="prov" value="%s"><button id="bekrafta">Bekräfta bokning</button></form>""".formatted(
                        Pages.escape(form.getOrDefault("prov", "")),
                        Pages.escape(form.getOrDefault("behorighet", "")),
                        slot.get().at(),
                        slot.get().at(),
                        Pages.escape(slot.get().place()),
                        slot.get().id(),
                        Pages.escape(form.getOrDefault("behorighet", "")),
                        Pages.escape(form.getOrDefault("prov", ""))));
    }

    private static Answer book(Request request, String person) {
        Map<String, String> form = request.form();
        Optional<Booking> booking = request.scene()
                .book(
                        form.getOrDefault("tid", ""),
                        person,
                        form.getOrDefault("behorighet", ""),
                        form.getOrDefault("prov", ""));
        if (booking.isEmpty()) {
            return gone(request);
        }
        if (request.scene().keepsQuietAboutABooking()) {
            return request.html(503, "Tekniskt fel", "<h1>Ett tekniskt fel har inträffat</h1>");
        }
        return request.html("Bokat", "<h1>Tack för din bokning</h1><div id=\"bokat\">" + row(booking.get()) + "</div>");
    }

    private static Answer gone(Request request) {
        return request.html("Tiden är bokad", """
                <h1>Tiden är inte längre ledig</h1>
                <p id="tid-borta" role="alert">Någon annan hann före. Välj en annan tid.</p>
                <p><a href="{{base}}/sok">Sök igen</a></p>""");
    }

    private static Answer bookings(Request request, String person) {
        String rows = request.scene().bookings().stream()
                .filter(booking -> booking.person().equals(person))
                .map(BookingSite::row)
                .collect(Collectors.joining());
        return request.html(
                "Mina bokningar",
                "<h1>Mina bokningar</h1><div id=\"mina\">%s</div>"
                        .formatted(rows.isEmpty() ? "<p id=\"inga-bokningar\">Du har inga bokningar.</p>" : rows));
    }

    private static String row(Booking booking) {
        return """
                <dl class="bokning">
                <dt>Boknings-id</dt><dd class="boknings-id">%s</dd>
                <dt>Bekräftelsenummer</dt><dd class="bekraftelse">%s</dd>
                <dt>Prov</dt><dd class="prov">%s</dd>
                <dt>Behörighet</dt><dd class="behorighet">%s</dd>
                <dt>Tid</dt><dd><time datetime="%s">%s kl. %s</time></dd>
                <dt>Plats</dt><dd class="ort">%s</dd>
                </dl>""".formatted(
                        booking.id(),
                        booking.number(),
                        Pages.escape(booking.exam()),
                        Pages.escape(booking.licence()),
                        booking.slot().at(),
                        booking.slot().at().toLocalDate(),
                        booking.slot().at().toLocalTime(),
                        Pages.escape(booking.slot().place()));
    }

    private static String options(List<String> all, String chosen) {
        return all.stream()
                .map(option -> "<option%s>%s</option>".formatted(option.equals(chosen) ? " selected" : "", option))
                .collect(Collectors.joining());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String cookie(String name, String value, Request request) {
        return name + "=" + value + "; Path=" + request.base() + "; HttpOnly; SameSite=Lax"
                + (value.isEmpty() ? "; Max-Age=0" : "");
    }
}
