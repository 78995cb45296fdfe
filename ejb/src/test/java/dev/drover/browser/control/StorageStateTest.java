// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.BrowserOptions.Keep;
import dev.drover.browser.control.BrowserOptions.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one context is signed in with, given to another. */
class StorageStateTest {

    private static final String SECRET = "kept-only-in-the-storage";

    /** Nothing but the state itself has the secret: the page does not show it, and it is no cookie. */
    private static final String REMEMBER = """
            async () => {
              localStorage.setItem('token', '%s');
              document.cookie = 'sid=4711; path=/; max-age=3600';
              await new Promise((done, failed) => {
                const opening = indexedDB.open('shop', 1);
                opening.onupgradeneeded = () => opening.result.createObjectStore('cart').put('lantern', 'item');
                opening.onsuccess = () => { opening.result.close(); done(); };
                opening.onerror = () => failed(opening.error);
              });
            }""".formatted(SECRET);

    private static final String RECALL = """
            () => new Promise((done, failed) => {
              const opening = indexedDB.open('shop', 1);
              opening.onerror = () => failed(opening.error);
              opening.onsuccess = () => {
                const found = opening.result.objectStoreNames.contains('cart')
                    ? opening.result.transaction('cart').objectStore('cart').get('item') : null;
                const say = item => done(
                    [document.cookie, (localStorage.getItem('token') || '').length, item].join('|'));
                found ? found.onsuccess = () => say(found.result) : say('nothing');
              };
            })""";

    private static PoolFixture fixture;
    private static LocalSite site;

    @BeforeAll
    static void open() {
        site = new LocalSite();
        fixture = PoolFixture.open();
    }

    @AfterAll
    static void close() {
        fixture.close();
        site.close();
    }

    @Test
    void aRunBeginsWithTheCookiesAndTheStorageOfAnotherAndTheNextOneWithNone() throws Exception {
        StorageState state = captured();

        assertThat(recalled(state)).isEqualTo("sid=4711|" + SECRET.length() + "|lantern");
        assertThat(recalled(null)).isEqualTo("|0|nothing");
        assertThat(state.toString()).isEqualTo("StorageState[" + state.size() + " bytes]");
    }

    @Test
    void theTraceOfARunDoesNotHoldWhatItBeganWith() throws Exception {
        StorageState state = captured();
        BrowserOptions options = new BrowserOptions(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Recording(Keep.ALWAYS, Keep.NEVER, Keep.NEVER, Keep.NEVER, false));

        RunOutcome<String> outcome = fixture.pool
                .start("traced", options, state, PoolFixture.LONG, page -> PoolFixture.title(page, site.url("/")))
                .await();

        Path trace = outcome.recorded().getFirst().file();
        String all = unpacked(trace);
        assertThat(all).contains("context-options").contains("Home").doesNotContain(SECRET, "storageState");
        Files.delete(trace);
    }

    private static StorageState captured() throws InterruptedException {
        RunOutcome<StorageState> outcome = fixture.run(page -> {
            page.navigate(site.url("/"));
            page.evaluate(REMEMBER);
            return StorageState.ofPage().run(page);
        });
        StorageState state = PlaywrightPoolTest.value(outcome);
        assertThat(state.json()).contains(SECRET, "4711", "lantern");
        return state;
    }

    private static String recalled(@Nullable StorageState state) throws InterruptedException {
        RunOutcome<String> outcome = fixture.pool
                .start("recall", BrowserOptions.DEFAULT, state, PoolFixture.LONG, page -> {
                    page.navigate(site.url("/"));
                    return (String) page.evaluate(RECALL);
                })
                .await();
        return PlaywrightPoolTest.value(outcome);
    }

    private static String unpacked(Path zip) throws IOException {
        StringBuilder all = new StringBuilder();
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                all.append(entry.getName()).append('\n');
                all.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
