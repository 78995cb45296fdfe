// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a delivery is. */
public enum DeliveryStatus {
    /** It is to be sent, for the first time or again. */
    PENDING,
    /** The receiver took it. */
    DELIVERED,
    /** All attempts failed. */
    FAILED,
    /** Nobody is there to take it: the endpoint is disabled or gone. */
    DISCARDED,
    /** A newer QR code of the same job was to be sent before this one went. */
    SUPERSEDED;

    /** The name in the API and in the database: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeliveryStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}
