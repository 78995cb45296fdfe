// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import java.io.Serial;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller as the container carries it from the authentication to whoever asks. */
public final class CallerPrincipal extends jakarta.security.enterprise.CallerPrincipal {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    public CallerPrincipal(Caller caller) {
        super(caller.owner().tenant() + "/" + caller.owner().user());
        this.caller = caller;
    }

    /** The caller behind the container's principal, when there is one. */
    public static Optional<Caller> find(@Nullable Principal principal) {
        return principal instanceof CallerPrincipal known ? Optional.of(known.caller) : Optional.empty();
    }

    /**
     * The caller behind the container's principal.
     *
     * @throws DroverException {@link ErrorCode#UNAUTHENTICATED} when there is none
     */
    public static Caller require(@Nullable Principal principal) {
        return find(principal)
                .orElseThrow(() -> new DroverException(ErrorCode.UNAUTHENTICATED, "This needs a token of the server."));
    }
}
