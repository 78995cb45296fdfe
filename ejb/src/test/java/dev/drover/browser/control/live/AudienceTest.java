// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who sees which pictures, in which order. */
class AudienceTest {

    private final Audience audience = new Audience();
    private final SlowViewer viewer = new SlowViewer();

    @Test
    void whoIsSlowMissesPicturesAndNeverTheLast() {
        audience.add(viewer);

        for (int picture = 1; picture <= 3; picture++) {
            CompletableFuture<Void> unused = show(picture);
        }
        viewer.takes();
        viewer.takes();

        assertThat(viewer.seen).containsExactly(1, 3);
    }

    /** Regression: the picture that had waited came after a newer one, and stayed on the screen. */
    @Test
    void aPictureThatWaitedIsNotOvertakenByANewerOne() {
        audience.add(viewer);
        CompletableFuture<Void> first = show(1);
        CompletableFuture<Void> unused = show(2).thenCompose(done -> show(3));
        assertThat(first).isNotDone();

        viewer.takes();
        viewer.takes();
        viewer.takes();

        assertThat(viewer.seen.getLast()).isEqualTo(3);
    }

    @Test
    void whoComesLateSeesTheLastPicture() {
        CompletableFuture<Void> unused = show(7);

        audience.add(viewer);

        assertThat(viewer.seen).containsExactly(7);
    }

    private CompletableFuture<Void> show(int picture) {
        return audience.show(new byte[] {(byte) picture});
    }

    private static final class SlowViewer implements Viewer {

        private final List<Integer> seen = new ArrayList<>();
        private final List<CompletableFuture<Void>> onTheirWay = new ArrayList<>();

        @Override
        public CompletableFuture<?> picture(byte[] jpeg) {
            seen.add((int) jpeg[0]);
            CompletableFuture<Void> taken = new CompletableFuture<>();
            onTheirWay.add(taken);
            return taken;
        }

        void takes() {
            if (!onTheirWay.isEmpty()) {
                onTheirWay.removeFirst().complete(null);
            }
        }

        @Override
        public void tell(String json) {
            // Of no interest here.
        }

        @Override
        public void ended(String reason) {
            // Of no interest here.
        }
    }
}
