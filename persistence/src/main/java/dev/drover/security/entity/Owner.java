// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The user that a record belongs to, within a tenant. Every record that a caller can see carries one. */
@Embeddable
public record Owner(
        @Column(name = "tenant", nullable = false, updatable = false, length = 64)
        String tenant,

        @Column(name = "user_id", nullable = false, updatable = false, length = 128)
        String user) {

    /** The tenant of a server that serves one organisation. */
    public static final String DEFAULT_TENANT = "default";

    public Owner {
        requireNonNull(tenant, "tenant");
        requireNonNull(user, "user");
    }
}
