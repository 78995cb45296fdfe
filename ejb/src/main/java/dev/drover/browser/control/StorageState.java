// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.BrowserContext.StorageStateOptions;
import java.nio.charset.StandardCharsets;

/**
 * Cookies, local storage and IndexedDB of a browser context. Whoever has it is signed in wherever the context was: it is
 * given to browsers and to the vault, and nowhere written as it is.
 *
 * @param json as Playwright writes it
 */
public record StorageState(String json) {

    public StorageState {
        requireNonNull(json, "json");
    }

    /** Takes it from the context of a page. */
    public static BrowserWork<StorageState> ofPage() {
        return page -> new StorageState(page.context().storageState(new StorageStateOptions().setIndexedDB(true)));
    }

    /** In bytes. */
    public int size() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Never shows what is in it. */
    @Override
    public String toString() {
        return "StorageState[" + size() + " bytes]";
    }
}
