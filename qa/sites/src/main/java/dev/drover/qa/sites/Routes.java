// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.util.HashMap;
import java.util.Map;

/** Which page answers at which path below {@link #ROOT}: an exact path first, else the nearest folder it lies in. */
final class Routes {

    static final String ROOT = "/sites";

    private final Map<String, Route> exact = new HashMap<>();
    private final Map<String, Route> folders = new HashMap<>();

    /** All sites. */
    static Routes ofAllSites() {
        Routes routes = new Routes();
        GoodPages.addTo(routes);
        Shop.addTo(routes);
        new Account().addTo(routes);
        BadPages.addTo(routes);
        new BookingSite().addTo(routes);
        return routes;
    }

    /** A path that ends in a slash answers for everything below it. */
    Routes at(String path, Route route) {
        (path.endsWith("/") && path.length() > 1 ? folders : exact).put(ROOT + path, route);
        return this;
    }

    /** A page that is always the same. */
    Routes at(String path, String page) {
        Answer answer = Answer.html(page);
        return at(path, visit -> answer);
    }

    Answer answer(Visit visit) throws InterruptedException {
        Route route = exact.get(visit.path());
        for (int slash = visit.path().lastIndexOf('/');
                route == null && slash > 0;
                slash = visit.path().lastIndexOf('/', slash - 1)) {
            route = folders.get(visit.path().substring(0, slash + 1));
        }
        return route == null ? Answer.html(404, Pages.notFound(visit.path())) : route.answer(visit);
    }
}
