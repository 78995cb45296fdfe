// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import java.time.Instant;

/**
 * Watches over the sites that jobs visit: says when one is better left alone, and learns from how each visit went. A site
 * is named {@code host} or {@code host:port}, as in the address that the job was given.
 */
public interface SiteGuard {

    /** Asks to send an attempt to a site, and does not wait. Whoever is let in tells once how the visit ended. */
    Entry enter(String site);

    /** What the guard says to a visitor. */
    sealed interface Entry {

        /** The visit may begin. */
        record Granted(Visit visit) implements Entry {}

        /**
         * The attempt is to come again later; it does not count.
         *
         * @param code a stable word for programs: {@code breaker_open}, {@code site_busy}
         * @param message one sentence for people
         * @param siteFailed whether the site has failed, rather than being visited by enough others
         */
        record Later(Instant at, ErrorCategory category, String code, String message, boolean siteFailed)
                implements Entry {}
    }

    /** A visit that goes on. Exactly one of its methods is called, once. */
    interface Visit {

        void succeeded(Duration took);

        /**
         * The attempt failed; why says whether that speaks against the site.
         *
         * @param code as in the job's error, finer than the category: a page that is not there ({@code http_404}) is none
         *     of the site's faults, one that is overloaded ({@code http_503}) is
         */
        void failed(ErrorCategory category, String code, Duration took);

        /** The visit ended without a word about the site: it was cancelled, or the server stops. */
        void dropped();
    }
}
