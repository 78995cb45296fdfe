// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.system.control.MBeanRegistrations;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolViewTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    void thePoolIsShownAsItIs() throws Exception {
        new PoolView(new Pool(), new MBeanRegistrations(server)).show();
        ObjectName name = MBeanRegistrations.nameOf("type=BrowserPool");

        assertThat(server.getAttribute(name, "Size")).isEqualTo(3);
        assertThat(server.getAttribute(name, "Least")).isEqualTo(3);
        assertThat(server.getAttribute(name, "Most")).isEqualTo(3);
        assertThat(server.getAttribute(name, "Busy")).isEqualTo(1);
        assertThat(server.getAttribute(name, "Idle")).isEqualTo(1);
        assertThat(server.getAttribute(name, "Broken")).isEqualTo(1);
        assertThat(server.getAttribute(name, "Waiting")).isEqualTo(4);
        assertThat(server.getAttribute(name, "Recycled")).isEqualTo(7L);
        assertThat((String[]) server.getAttribute(name, "Engines"))
                .containsExactly("chromium available 156.0", "webkit unavailable It is not installed.");
    }

    @Test
    void nothingIsShownOnceTheApplicationHasStopped() throws Exception {
        PoolView view = new PoolView(new Pool(), new MBeanRegistrations(server));
        view.show();

        view.stop();

        assertThat(server.isRegistered(MBeanRegistrations.nameOf("type=BrowserPool")))
                .isFalse();
    }

    private static final class Pool implements BrowserPool {
        @Override
        public <T> BrowserRun<T> start(
                String label,
                BrowserOptions options,
                @Nullable StorageState state,
                Duration timeout,
                BrowserWork<T> work) {
            throw new UnsupportedOperationException("nothing runs here");
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public int waiting() {
            return 4;
        }

        @Override
        public long recycled() {
            return 7;
        }

        @Override
        public List<EngineStatus> engines() {
            return List.of(
                    new EngineStatus("chromium", EngineStatus.Availability.AVAILABLE, "156.0", null),
                    new EngineStatus("webkit", EngineStatus.Availability.UNAVAILABLE, null, "It is not installed."));
        }

        @Override
        public List<WorkerStatus> workers() {
            return List.of(
                    worker(1, WorkerStatus.State.BUSY, "job"),
                    worker(2, WorkerStatus.State.IDLE, null),
                    worker(3, WorkerStatus.State.BROKEN, null));
        }

        private static WorkerStatus worker(int id, WorkerStatus.State state, @Nullable String run) {
            return new WorkerStatus(id, "chromium", "156.0", state, run, 0, 0, 0, null);
        }
    }
}
