// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import java.util.Locale;

/** What an artifact is, for those who list them; its content type says how it is encoded. */
public enum ArtifactKind {
    SCREENSHOT,
    PDF,
    TRACE,
    VIDEO,
    HAR,
    CONSOLE,
    NETWORK,
    DOCUMENT,
    DOWNLOAD,
    RESULT,
    OTHER;

    /** The name in the API: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
