// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import dev.drover.browser.control.WorkerStatus.State;
import dev.drover.system.control.MBeanRegistrations;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the browser pool to whoever watches the JVM. */
@ApplicationScoped
public class PoolView {

    private final MBeanRegistrations registrations;
    private BrowserPool pool;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected PoolView() {
        this.registrations = new MBeanRegistrations();
    }

    @Inject
    public PoolView(BrowserPool pool) {
        this(pool, new MBeanRegistrations());
    }

    PoolView(BrowserPool pool, MBeanRegistrations registrations) {
        this.pool = pool;
        this.registrations = registrations;
    }

    void start(@Observes Startup event) {
        show();
    }

    void show() {
        registrations.add("type=BrowserPool", BrowserPoolMXBean.class, new View(pool));
    }

    @PreDestroy
    void stop() {
        registrations.close();
    }

    private record View(BrowserPool pool) implements BrowserPoolMXBean {
        @Override
        public int getSize() {
            return pool.size();
        }

        @Override
        public int getLeast() {
            return pool.least();
        }

        @Override
        public int getMost() {
            return pool.most();
        }

        @Override
        public int getBusy() {
            return in(State.BUSY);
        }

        @Override
        public int getIdle() {
            return in(State.IDLE);
        }

        @Override
        public int getBroken() {
            return in(State.BROKEN);
        }

        @Override
        public int getWaiting() {
            return pool.waiting();
        }

        @Override
        public long getRecycled() {
            return pool.recycled();
        }

        @Override
        public List<String> getEngines() {
            return pool.engines().stream().map(View::words).toList();
        }

        private int in(State state) {
            return (int) pool.workers().stream()
                    .filter(worker -> worker.state() == state)
                    .count();
        }

        private static String words(EngineStatus engine) {
            return Stream.of(engine.name(), engine.availability().wireName(), engine.version(), engine.reason())
                    .filter(word -> word != null)
                    .collect(Collectors.joining(" "));
        }
    }
}
