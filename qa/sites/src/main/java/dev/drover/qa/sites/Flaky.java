// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A page that fails for its first visits, or the first after {@code after} good ones: {@code fails} of them for each
 * {@code key}, with {@code status}, and with {@code retry_after} where that is given.
 */
final class Flaky implements Route {

    private static final int MOST_KEYS = 10_000;

    private final Map<String, Integer> visits = new ConcurrentHashMap<>();

    @Override
    public Answer answer(Visit visit) {
        if (visits.size() > MOST_KEYS) {
            visits.clear();
        }
        int before = visits.merge(visit.query("key", ""), 1, Integer::sum) - 1;
        int good = visit.number("after", 0, 1_000_000);
        if (before < good || before - good >= visit.number("fails", 1, 1_000_000)) {
            return Answer.html(Pages.framed("Back again", "<h1>Back again</h1><p>After " + before + " failures.</p>"));
        }
        int status = visit.number("status", 503, 599);
        Answer answer = Answer.html(status, Pages.framed("Not now", "<h1>Not now</h1>"));
        String wait = visit.query("retry_after", "");
        return wait.isEmpty() ? answer : answer.with("Retry-After", wait);
    }
}
