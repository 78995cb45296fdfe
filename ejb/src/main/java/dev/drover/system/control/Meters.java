// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import org.eclipse.microprofile.metrics.Metadata;

/** What all rooms say alike of what they measure. */
public final class Meters {

    private Meters() {}

    /** @param description one sentence, as Prometheus shows it */
    public static Metadata described(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
