// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job got in place of what it asked for, or on what other way it is being tried.
 *
 * @param kind the wire name of a {@link Kind}
 * @param detail the engine, the origin of the other source, or the job that an earlier result is of; null for a reduced
 *     result
 * @param because the code of the failure that it makes up for
 * @param madeAt when an earlier result was made; null for the others
 */
@Embeddable
public record JobFallback(
        @Column(name = "fallback_kind", length = 16) String kind,

        @Column(name = "fallback_detail", length = 300) @Nullable
        String detail,

        @Column(name = "fallback_because", length = 64) String because,
        @Column(name = "fallback_made_at") @Nullable Instant madeAt) {

    /** The ways there are. */
    public enum Kind {
        /** Another browser engine. */
        ENGINE,
        /** The same page at another origin. */
        SOURCE,
        /** What the attempt had found before it failed. */
        REDUCED,
        /** The last good result of an equal job. */
        STALE;

        /** The name in the API: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public JobFallback {
        requireNonNull(kind, "kind");
        requireNonNull(because, "because");
    }

    public static JobFallback engine(String engine, String because) {
        return new JobFallback(Kind.ENGINE.wireName(), engine, because, null);
    }

    /** @param origin scheme, host and port, as in {@code https://mirror.example:8443} */
    public static JobFallback source(String origin, String because) {
        return new JobFallback(Kind.SOURCE.wireName(), origin, because, null);
    }

    public static JobFallback reduced(String because) {
        return new JobFallback(Kind.REDUCED.wireName(), null, because, null);
    }

    public static JobFallback stale(UUID job, Instant madeAt, String because) {
        return new JobFallback(Kind.STALE.wireName(), job.toString(), because, madeAt);
    }

    public boolean is(Kind one) {
        return kind.equals(one.wireName());
    }
}
