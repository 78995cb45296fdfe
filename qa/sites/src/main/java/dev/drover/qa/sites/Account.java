// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An account behind a login: user {@code ada}, password {@code harbour}. */
final class Account {

    private static final String COOKIE = "sid";

    private record Order(
            int number, String berth, String service, boolean insured, String note, String file, int bytes) {}

    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, Order> orders = new ConcurrentHashMap<>();
    private final AtomicInteger lastOrder = new AtomicInteger(1000);

    void addTo(Routes routes) {
        routes.at("/account", behindLogin(this::overview))
                .at("/account/login", this::login)
                .at("/account/logout", this::logout)
                .at("/account/order", behindLogin(this::order))
                .at("/account/orders/", behindLogin(this::confirmation));
    }

    private Route behindLogin(Route route) {
        return visit -> sessions.containsKey(visit.cookie(COOKIE))
                ? route.answer(visit)
                : Answer.redirect(303, "/sites/account/login");
    }

    private Answer login(Visit visit) {
        if (!visit.isPost()) {
            return Answer.html(loginForm(""));
        }
        Map<String, String> form = Visit.form(visit.body());
        if (!"ada".equals(form.get("user")) || !"harbour".equals(form.get("password"))) {
            return Answer.html(401, loginForm("<p class=\"error\" role=\"alert\">Wrong user or password.</p>"));
        }
        String session = UUID.randomUUID().toString();
        sessions.put(session, "ada");
        return Answer.redirect(303, "/sites/account")
                .with("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Lax");
    }

    private Answer logout(Visit visit) {
        sessions.remove(visit.cookie(COOKIE));
        return Answer.redirect(303, "/sites/account/login").with("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0");
    }

    private Answer overview(Visit visit) {
        return page(
                "Your account",
                "<h1>Welcome, <span id=\"user\">Ada</span></h1>"
                        + "<p>You have <b id=\"orders\">" + orders.size() + "</b> berths booked.</p>"
                        + "<p><a class=\"button\" href=\"/sites/account/order\">Book a berth</a></p>");
    }

    private Answer order(Visit visit) {
        if (!visit.isPost()) {
            return page("Book a berth", Pages.text("order.html"));
        }
        List<Multipart.Part> parts = Multipart.parts(visit.header("Content-Type"), visit.body());
        Order order = new Order(
                lastOrder.incrementAndGet(),
                Multipart.text(parts, "berth"),
                Multipart.text(parts, "service"),
                Multipart.text(parts, "insured").equals("yes"),
                Multipart.text(parts, "note"),
                Multipart.find(parts, "papers").map(Multipart.Part::file).orElse(""),
                Multipart.find(parts, "papers")
                        .map(part -> part.content().length())
                        .orElse(0));
        orders.put(order.number(), order);
        return Answer.redirect(303, "/sites/account/orders/" + order.number());
    }

    private Answer confirmation(Visit visit) {
        Order order = visit.lastSegment().matches("\\d{1,9}") ? orders.get(Integer.valueOf(visit.lastSegment())) : null;
        if (order == null) {
            return Answer.html(404, Pages.notFound(visit.path()));
        }
        return page("Thank you", """
                <h1>Thank you</h1>
                <p>Your booking <b id="number">%d</b> is confirmed.</p>
                <table>
                <tr><th>Berth</th><td id="berth">%s</td></tr>
                <tr><th>Service</th><td id="service">%s</td></tr>
                <tr><th>Insured</th><td id="insured">%s</td></tr>
                <tr><th>Note</th><td id="note">%s</td></tr>
                <tr><th>Papers</th><td id="papers">%s</td></tr>
                </table>""".formatted(
                order.number(),
                Pages.escape(order.berth()),
                Pages.escape(order.service()),
                order.insured() ? "yes" : "no",
                Pages.escape(order.note()),
                order.file().isEmpty() ? "none" : Pages.escape(order.file()) + " (" + order.bytes() + " bytes)"));
    }

    private static Answer page(String title, String body) {
        return Answer.html(
                Pages.text("account.html").replace("{{title}}", title).replace("{{body}}", body));
    }

    private static String loginForm(String error) {
        return Pages.framed("Log in", """
                <h1>Log in</h1>%s
                <form method="post" action="/sites/account/login">
                <label for="user">User</label><input id="user" name="user" autocomplete="username" required>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required>
                <button>Log in</button>
                </form>""".formatted(error));
    }
}
