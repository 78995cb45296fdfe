// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import dev.drover.security.entity.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param owner the user that new records belong to
 * @param roles of {@link #ADMIN} and {@link #USER}
 */
public record Caller(Owner owner, Set<String> roles) {

    /** May see and change every record and operate the server. */
    public static final String ADMIN = "admin";

    /** May see and change what is the caller's own. */
    public static final String USER = "user";

    public Caller {
        requireNonNull(owner, "owner");
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    /** Which records the caller may see and change: the one place where this is decided. */
    public Scope scope() {
        return isAdmin() ? Scope.EVERYTHING : new Scope(owner.tenant(), owner.user());
    }

    /** The owner of a record that the caller makes; an administrator may name another user. */
    public Owner ownerFor(@Nullable String namedUser) {
        return isAdmin() && namedUser != null ? new Owner(owner.tenant(), namedUser) : owner;
    }
}
