// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import dev.drover.system.control.NodeIdentity;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Takes this node out of the work without stopping it: no message is taken from the queues, what runs may end until a
 * deadline, and what is left then goes back to the queue. The node goes on to serve the API.
 */
@ApplicationScoped
public class Drain {

    /** How far a drain is. */
    public enum State {
        /** The node takes jobs. */
        SERVING,
        /** It takes none, and some go on. */
        DRAINING,
        /** It takes none, and none goes on. */
        DRAINED
    }

    /**
     * @param running attempts that go on
     * @param deadline when they go back to the queue; null while the node serves
     */
    public record Status(State state, int running, @Nullable Instant deadline) {}

    private static final Logger LOG = Logger.getLogger(Drain.class.getName());

    /** Liberty's control of message-driven beans: application#module#bean. */
    private static final String CONTROL = "WebSphere:feature=kernel,name=ServerEndpointControl";

    private static final List<String> LISTENERS = List.of("drover#ejb.jar#BrowserJobs", "drover#ejb.jar#PlainJobs");

    private RunningJobs running;
    private NodeIdentity node;
    private Clock clock;
    private volatile @Nullable Instant deadline;
    private boolean over;
    private CompletableFuture<Void> listening = CompletableFuture.completedFuture(null);

    @Resource
    private ManagedExecutorService executor;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected Drain() {}

    @Inject
    @SuppressWarnings("NullAway.Init") // the executor is injected
    public Drain(RunningJobs running, NodeIdentity node, Clock clock) {
        this.running = running;
        this.node = node;
        this.clock = clock;
    }

    /** Begins to drain, or sets another deadline for a drain that goes on. */
    public synchronized Status begin(Duration within) {
        boolean served = deadline == null;
        deadline = clock.instant().plus(within);
        over = false;
        if (served && node.isWorker()) {
            tellListeners("pause");
        }
        LOG.info(() -> "DROVER0038 this node drains until " + deadline);
        return status();
    }

    /** Takes jobs again. */
    public synchronized Status end() {
        if (deadline != null) {
            deadline = null;
            running.resume();
            if (node.isWorker()) {
                tellListeners("resume");
            }
            LOG.info("DROVER0039 this node takes jobs again");
        }
        return status();
    }

    boolean takesJobs() {
        return deadline == null;
    }

    public synchronized Status status() {
        Instant until = deadline;
        int left = running.size();
        State state = until == null ? State.SERVING : left > 0 ? State.DRAINING : State.DRAINED;
        return new Status(state, left, until);
    }

    /** Hands back what goes on after the deadline. */
    synchronized void tick(Instant now) {
        Instant until = deadline;
        if (until != null && !over && !now.isBefore(until)) {
            over = true;
            running.handBack();
        }
    }

    /** A pause takes effect at once, and lasts until the jobs that go on have ended: what comes after waits for it. */
    private void tellListeners(String operation) {
        List<CompletableFuture<Void>> told = LISTENERS.stream()
                .map(listener -> listening.thenRunAsync(() -> tell(listener, operation), executor))
                .toList();
        listening = CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
    }

    private static void tell(String listener, String operation) {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(CONTROL), operation, new Object[] {listener}, new String[] {
                        String.class.getName()
                    });
        } catch (JMException e) {
            LOG.log(Level.SEVERE, "DROVER0040 the server could not " + operation + " " + listener, e);
        }
    }
}
