// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page that a session begins with.
 *
 * @param url null for an empty one
 * @param until when the session is ready
 */
@Embeddable
public record StartPage(
        @Column(name = "start_url", length = StartPage.LONGEST_URL) @Nullable
        String url,

        @Enumerated(EnumType.STRING) @Column(name = "start_url_wait", nullable = false, length = 16)
        Wait until) {

    public static final int LONGEST_URL = 1024;

    /** How far the first page is when its session is ready. */
    public enum Wait {
        /** It does not matter. */
        NONE,
        DOMCONTENTLOADED,
        LOAD;

        /** The name in the API: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StartPage {
        requireNonNull(until, "until");
    }
}
