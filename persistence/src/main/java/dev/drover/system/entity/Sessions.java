// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Sessions for stores that write their own statements: nothing is kept or flushed, and the caller's transaction counts. */
public final class Sessions {

    private Sessions() {}

    /** @return a session that the caller closes */
    public static StatelessSession open(EntityManagerFactory entityManagers) {
        return entityManagers.unwrap(SessionFactory.class).openStatelessSession();
    }
}
