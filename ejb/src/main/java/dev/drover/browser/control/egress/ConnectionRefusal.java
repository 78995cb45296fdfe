// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.egress;

import java.io.IOException;

/** A connection that is not made, with the reason that the run's traffic remembers. */
final class ConnectionRefusal extends IOException {

    private static final long serialVersionUID = 1;

    private final Traffic.Cause reason;

    ConnectionRefusal(Traffic.Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    Traffic.Cause reason() {
        return reason;
    }
}
