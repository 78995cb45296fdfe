// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.boundary;

import dev.drover.system.control.Vital;
import dev.drover.system.control.Vital.Reading;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads everything that says how this node fares. */
@ApplicationScoped
class Vitals {

    private static final Logger LOG = Logger.getLogger(Vitals.class.getName());

    private final Instance<Vital> vitals;

    @Inject
    Vitals(Instance<Vital> vitals) {
        this.vitals = vitals;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    Vitals() {
        this(null);
    }

    /** By name. One that cannot even be read is not ready. */
    Map<String, Reading> read() {
        Map<String, Reading> readings = new TreeMap<>();
        for (Vital vital : vitals) {
            readings.put(vital.name(), read(vital));
        }
        return readings;
    }

    private static Reading read(Vital vital) {
        try {
            return vital.read();
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "not to be read: " + vital.name(), e);
            return Reading.down("This cannot be read now.");
        }
    }
}
