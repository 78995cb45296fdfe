// SPDX-License-Identifier: Apache-2.0
package dev.drover.session.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.browser.control.BrowserOptions;
import dev.drover.browser.control.BrowserPool;
import dev.drover.browser.control.BrowserRun;
import dev.drover.browser.control.BrowserWork;
import dev.drover.browser.control.EngineStatus;
import dev.drover.browser.control.HeldBrowser;
import dev.drover.browser.control.HeldBrowsers;
import dev.drover.browser.control.StorageState;
import dev.drover.browser.control.Window;
import dev.drover.browser.control.WorkerStatus;
import dev.drover.session.entity.StartPage;
import dev.drover.task.control.ErrorCategory;
import dev.drover.task.control.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrewarmedBrowsersTest {

    private final Machine machine = new Machine();
    private final Workers workers = new Workers();
    private final PrewarmedBrowsers prewarmed = prewarmed(2, 1);

    private PrewarmedBrowsers prewarmed(int headless, int vnc) {
        return new PrewarmedBrowsers(
                machine,
                workers,
                new SessionSettings(
                        16,
                        Duration.ofMinutes(5),
                        Duration.ofHours(4),
                        headless,
                        vnc,
                        Duration.ofSeconds(2),
                        StartPage.Wait.LOAD,
                        Duration.ofHours(1),
                        Duration.ZERO,
                        0));
    }

    @Test
    void soManyWaitOfEachKindAndAreTakenFirst() {
        prewarmed.tend();
        assertThat(machine.launched).hasSize(3);

        HeldBrowser taken = prewarmed.take("chromium", Window.NONE);

        assertThat(machine.launched).contains((FakeBrowser) taken).hasSize(3);
        assertThat(prewarmed.size()).isEqualTo(2);
    }

    @Test
    void anotherEngineOrMoreThanWaitAreLaunched() {
        prewarmed.tend();

        prewarmed.take("firefox", Window.NONE);
        assertThat(machine.launched).hasSize(4);
        for (int i = 0; i < 3; i++) {
            prewarmed.take("chromium", Window.NONE);
        }
        assertThat(machine.launched).hasSize(5);
    }

    @Test
    void nothingIsLaunchedBesideASessionThatHasJustBegunButOnceOnly() {
        prewarmed.tend();
        prewarmed.take("chromium", Window.NONE);

        prewarmed.tend();
        assertThat(prewarmed.size()).isEqualTo(2);
        prewarmed.take("chromium", Window.NONE);
        prewarmed.tend();
        assertThat(prewarmed.size())
                .as("who takes one after the other gets new ones")
                .isEqualTo(3);
    }

    @Test
    void whenMemoryRunsOutNobodyWaits() {
        prewarmed.tend();
        machine.isShort = true;

        prewarmed.tend();

        assertThat(prewarmed.size()).isZero();
        assertThat(machine.launched).noneMatch(FakeBrowser::isAlive);
        machine.isShort = false;
        prewarmed.tend();
        assertThat(prewarmed.size()).isEqualTo(3);
    }

    @Test
    void whatHasEndedWhileItWaitedIsReplaced() {
        prewarmed.tend();
        machine.launched.forEach(FakeBrowser::crash);

        assertThat(prewarmed.take("chromium", Window.NONE).isAlive()).isTrue();
        prewarmed.tend();
        prewarmed.tend();
        assertThat(prewarmed.size()).isEqualTo(3);
    }

    @Test
    void whereThereIsNoVncOrAWorkerOfJobsStartsNobodyIsLaunchedForIt() {
        machine.refusal = Optional.of("There is no Xvnc.");
        prewarmed.tend();
        assertThat(prewarmed.size()).isEqualTo(2);

        PrewarmedBrowsers later = prewarmed(1, 0);
        workers.state = WorkerStatus.State.STARTING;
        later.tend();
        assertThat(later.size()).isZero();
    }

    @Test
    void aDisplayThatWaitsMakesRoomForASessionThatNeedsAnother() {
        PrewarmedBrowsers displays = prewarmed(0, 1);
        displays.tend();
        machine.displays = 1;

        HeldBrowser other = displays.take("chromium", Window.VNC_WITH_PASSWORD);

        assertThat(other.isAlive()).isTrue();
        assertThat(displays.size()).isZero();
        assertThatThrownBy(() -> displays.take("chromium", Window.VNC_WITH_PASSWORD))
                .isInstanceOf(TaskFailure.class);
    }

    @Test
    void afterItsEndNothingWaits() {
        prewarmed.tend();
        prewarmed.close();
        prewarmed.tend();

        assertThat(prewarmed.size()).isZero();
        assertThat(machine.launched).noneMatch(FakeBrowser::isAlive);
    }

    /** Launches browsers that are none. */
    private static final class Machine implements HeldBrowsers {

        private final List<FakeBrowser> launched = new ArrayList<>();
        private final List<FakeBrowser> onDisplays = new ArrayList<>();
        private boolean isShort;
        private Optional<String> refusal = Optional.empty();
        private int displays = Integer.MAX_VALUE;

        @Override
        public Optional<String> refusal(String engine, Window window) {
            return window.isVnc() ? refusal : Optional.empty();
        }

        @Override
        public HeldBrowser launch(String engine, Window window) {
            if (window.isVnc() && displays() >= displays) {
                throw new TaskFailure(ErrorCategory.CRASH, DISPLAYS_TAKEN, "All displays are taken.");
            }
            FakeBrowser browser = new FakeBrowser();
            launched.add(browser);
            if (window.isVnc()) {
                onDisplays.add(browser);
            }
            return browser;
        }

        @Override
        public boolean isMemoryShort() {
            return isShort;
        }

        @Override
        public void sweepDisplays() {}

        @Override
        public int displays() {
            return (int) onDisplays.stream().filter(FakeBrowser::isAlive).count();
        }

        @Override
        public int orphanedDisplays() {
            return 0;
        }
    }

    /** One worker of jobs, in some state. */
    private static final class Workers implements BrowserPool {

        private WorkerStatus.State state = WorkerStatus.State.IDLE;

        @Override
        public <T> BrowserRun<T> start(
                String label,
                BrowserOptions options,
                @Nullable StorageState signedIn,
                Duration timeout,
                BrowserWork<T> work) {
            throw new UnsupportedOperationException("no jobs here");
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public long recycled() {
            return 0;
        }

        @Override
        public List<EngineStatus> engines() {
            return List.of();
        }

        @Override
        public List<WorkerStatus> workers() {
            return List.of(new WorkerStatus(1, null, null, state, null, 0, 0, 0, null));
        }
    }
}
