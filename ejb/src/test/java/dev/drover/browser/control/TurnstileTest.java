// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.browser.control.BrowserPool.Place;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final Turnstile turnstile = new Turnstile(1);

    @Test
    void asManyEnterAsThereArePlaces() throws Exception {
        Place first = turnstile.enter();
        CompletableFuture<Place> second = entering();
        Awaitility.await().until(() -> turnstile.waiting() == 1);
        assertThat(turnstile.longestWait()).isPositive();
        assertThat(second).isNotDone();

        first.close();

        second.get(5, TimeUnit.SECONDS).close();
        assertThat(turnstile.waiting()).isZero();
        assertThat(turnstile.longestWait()).isEqualTo(Duration.ZERO);
    }

    @Test
    void leavingTwiceFreesOnePlace() throws Exception {
        Place first = turnstile.enter();
        first.close();
        first.close();
        turnstile.enter();

        CompletableFuture<Place> next = entering();

        Awaitility.await().until(() -> turnstile.waiting() == 1);
        assertThat(next).isNotDone();
    }

    @Test
    void aNewPlaceLetsTheNextOneIn() throws Exception {
        turnstile.enter();
        CompletableFuture<Place> second = entering();
        Awaitility.await().until(() -> turnstile.waiting() == 1);

        turnstile.resize(2);

        assertThat(second.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void whoWaitsEntersInTheOrderOfComing() throws Exception {
        Place first = turnstile.enter();
        CompletableFuture<Place> second = entering();
        Awaitility.await().until(() -> turnstile.waiting() == 1);
        CompletableFuture<Place> third = entering();
        Awaitility.await().until(() -> turnstile.waiting() == 2);

        first.close();

        second.get(5, TimeUnit.SECONDS);
        assertThat(third).isNotDone();
    }

    @Test
    void onceClosedNobodyWaits() throws Exception {
        turnstile.enter();
        CompletableFuture<Place> second = entering();
        Awaitility.await().until(() -> turnstile.waiting() == 1);

        turnstile.close();

        assertThat(second.get(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(turnstile.enter()).isNotNull();
    }

    private CompletableFuture<Place> entering() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return turnstile.enter();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
