// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who watch a page: each gets the latest picture when it has taken the one before, and one of them is in control. */
public final class Audience {

    /** What is on the way to a viewer. */
    private static final class Seat {
        private boolean busy;
        private boolean served;
        private byte @Nullable [] next;
    }

    private final Map<Viewer, Seat> seats = new LinkedHashMap<>();
    private byte @Nullable [] latest;
    private CompletableFuture<Void> firstTaken = new CompletableFuture<>();
    private @Nullable Viewer inControl;

    /** A new viewer is in control when nobody else is, and sees the last picture. */
    public void add(Viewer viewer) {
        byte[] picture;
        synchronized (this) {
            seats.put(viewer, new Seat());
            picture = latest;
        }
        if (inControl() == null && viewer.mayControl()) {
            give(viewer);
        } else {
            tellControl(viewer, false);
        }
        if (picture != null) {
            showFirst(viewer, picture);
        }
    }

    /** Unless a newer one was faster. */
    private void showFirst(Viewer viewer, byte[] jpeg) {
        synchronized (this) {
            Seat seat = seats.get(viewer);
            if (seat == null || seat.served) {
                return;
            }
            seat.busy = true;
            seat.served = true;
        }
        send(viewer, jpeg);
    }

    /** @return whether nobody is left */
    public boolean remove(Viewer viewer) {
        Viewer next = null;
        boolean empty;
        synchronized (this) {
            seats.remove(viewer);
            empty = seats.isEmpty();
            if (viewer.equals(inControl)) {
                inControl = null;
                next = seats.keySet().stream()
                        .filter(Viewer::mayControl)
                        .findFirst()
                        .orElse(null);
            }
        }
        if (next != null) {
            give(next);
        }
        return empty;
    }

    public synchronized boolean isEmpty() {
        return seats.isEmpty();
    }

    public synchronized @Nullable Viewer inControl() {
        return inControl;
    }

    /** Puts a viewer in control, and tells everyone. */
    public void give(Viewer viewer) {
        List<Viewer> all;
        synchronized (this) {
            if (!seats.containsKey(viewer)) {
                return;
            }
            inControl = viewer;
            all = List.copyOf(seats.keySet());
        }
        all.forEach(one -> tellControl(one, one.equals(viewer)));
    }

    private static void tellControl(Viewer viewer, boolean yours) {
        viewer.tell("{\"type\":\"control\",\"yours\":" + yours + "}");
    }

    /**
     * Shows everyone the latest picture. Whoever is slow misses some, and holds nobody up.
     *
     * @return completes when somebody is ready for another one
     */
    public CompletableFuture<Void> show(byte[] jpeg) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        List<Viewer> all;
        synchronized (this) {
            latest = jpeg;
            firstTaken = taken;
            all = List.copyOf(seats.keySet());
        }
        all.forEach(viewer -> show(viewer, jpeg));
        return taken;
    }

    public void forEach(Consumer<Viewer> action) {
        List<Viewer> all;
        synchronized (this) {
            all = List.copyOf(seats.keySet());
        }
        all.forEach(action);
    }

    private void show(Viewer viewer, byte[] jpeg) {
        synchronized (this) {
            Seat seat = seats.get(viewer);
            if (seat == null) {
                return;
            }
            if (seat.busy) {
                seat.next = jpeg; // In the place of one that waits: only the latest counts.
                return;
            }
            seat.busy = true;
            seat.served = true;
        }
        send(viewer, jpeg);
    }

    private void send(Viewer viewer, byte[] jpeg) {
        CompletableFuture<?> unused = viewer.picture(jpeg).whenComplete((done, failure) -> took(viewer));
    }

    private void took(Viewer viewer) {
        byte[] next = null;
        CompletableFuture<Void> taken;
        synchronized (this) {
            Seat seat = seats.get(viewer);
            if (seat != null) {
                next = seat.next;
                seat.next = null;
                // Still busy where one waits: a newer one would else overtake it, and be the one that is replaced.
                seat.busy = next != null;
            }
            taken = firstTaken;
        }
        taken.complete(null);
        if (next != null) {
            send(viewer, next);
        }
    }
}
