// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.boundary;

import dev.drover.session.control.VncLinkSettings;

/**
 * Where the display of a session is seen: over a WebSocket of one's own, and on a page of the server.
 *
 * @param ws for noVNC and for other clients that speak RFB over WebSockets
 * @param http a page for a browser
 */
record VncLinks(String ws, String http) {

    private static final String PAGE = "/vnc.html";

    /**
     * @param addresses as the caller reaches them
     * @param node that has the session, as in {@code shop-1:9080}
     */
    static VncLinks of(VncLinkSettings bases, EndpointAddresses addresses, String node) {
        String usualPage = addresses.base().replaceFirst("^ws", "http");
        // Behind the hash, tokens do not get into logs of proxies.
        String page = PAGE + "#session=" + addresses.session() + "&token=" + addresses.token();
        return new VncLinks(
                bases.ws()
                        .map(base -> at(filled(base, node), addresses.path("vnc")))
                        .orElseGet(addresses::vnc),
                at(bases.http().map(base -> filled(base, node)).orElse(usualPage), page));
    }

    private static String filled(String base, String node) {
        int colon = node.lastIndexOf(':');
        String host = colon < 0 ? node : node.substring(0, colon);
        String port = colon < 0 ? "" : node.substring(colon + 1);
        return base.replace("{host}", host).replace("{port}", port);
    }

    /** The path goes behind that of the base, and what the base asks for stays. */
    private static String at(String base, String path) {
        int question = base.indexOf('?');
        if (question < 0) {
            return base.replaceFirst("/+$", "") + path;
        }
        String asked = base.substring(question + 1);
        String address = base.substring(0, question).replaceFirst("/+$", "");
        int end = path.contains("?") ? path.indexOf('?') : path.contains("#") ? path.indexOf('#') : path.length();
        String rest = path.substring(end);
        return address + path.substring(0, end) + "?" + asked + (rest.startsWith("?") ? "&" + rest.substring(1) : rest);
    }
}
