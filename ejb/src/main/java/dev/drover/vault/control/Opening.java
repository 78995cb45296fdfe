// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import dev.drover.browser.control.StorageState;

/** What asking for a captured session comes to. */
public sealed interface Opening {

    record Opened(StorageState state) implements Opening {}

    /** Its owner has none of this name, or its time is over. */
    record Gone() implements Opening {}

    /**
     * It is there and cannot be decrypted.
     *
     * @param reason and what to do, in sentences
     */
    record Locked(String reason) implements Opening {}
}
