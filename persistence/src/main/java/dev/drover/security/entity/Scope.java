// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.entity;

import org.jspecify.annotations.Nullable;

/**
 * Which owners' records someone may see and change. Every query over records takes one.
 *
 * @param tenant null means every tenant
 * @param user null means every user of the tenant
 */
public record Scope(@Nullable String tenant, @Nullable String user) {

    /** Everything: for the server's own work. */
    public static final Scope EVERYTHING = new Scope(null, null);

    public boolean covers(Owner owner) {
        return (tenant == null || tenant.equals(owner.tenant())) && (user == null || user.equals(owner.user()));
    }
}
