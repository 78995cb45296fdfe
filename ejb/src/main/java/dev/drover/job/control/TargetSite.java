// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The site that a job visits first, as its parameters name it. */
final class TargetSite {

    /** The parameters that hold an address in the tasks that visit one; the last is the first step of a script. */
    private static final List<JsonPointer> ADDRESSES = Stream.of("/url", "/start_url", "/site_url", "/steps/0/url")
            .map(JsonPointer::compile)
            .toList();

    private TargetSite() {}

    /** @return {@code host}, or {@code host:port} where the address names a port; nothing for a job without an address */
    static Optional<String> of(JsonNode params) {
        return where(params).map(params::at).map(JsonNode::asText).flatMap(TargetSite::site);
    }

    /** The same parameters with their address at another origin: {@code https://mirror.example:8443}. */
    static ObjectNode movedTo(ObjectNode params, String origin) {
        ObjectNode moved = params.deepCopy();
        where(params).ifPresent(pointer -> {
            String address = params.at(pointer).asText();
            URI uri = URI.create(address);
            String rest = address.substring(address.indexOf(uri.getRawAuthority())
                    + uri.getRawAuthority().length());
            ((ObjectNode) moved.at(pointer.head())).put(pointer.last().getMatchingProperty(), origin + rest);
        });
        return moved;
    }

    private static Optional<JsonPointer> where(JsonNode params) {
        return ADDRESSES.stream()
                .filter(pointer -> !params.at(pointer).asText("").isEmpty())
                .findFirst();
    }

    private static Optional<String> site(String address) {
        try {
            URI uri = new URI(address);
            String host = uri.getHost();
            if (host == null) {
                return Optional.empty();
            }
            String name = host.toLowerCase(Locale.ROOT);
            return Optional.of(uri.getPort() < 0 ? name : name + ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return Optional.empty(); // The browser may read it all the same; there is nothing to watch over by name.
        }
    }
}
