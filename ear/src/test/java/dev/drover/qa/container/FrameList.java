// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.container;

import dev.drover.event.control.EventFrame;
import dev.drover.event.control.EventSink;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber's connection that keeps what it is sent. */
public final class FrameList implements EventSink {

    private final List<EventFrame> frames = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @Override
    public void send(EventFrame frame, Done done) {
        frames.add(frame);
        done.completed(true);
    }

    @Override
    public void end() {
        ended = true;
    }

    public boolean isEnded() {
        return ended;
    }

    public List<EventFrame> all() {
        return List.copyOf(frames);
    }

    public List<EventFrame> of(UUID jobId) {
        return frames.stream().filter(frame -> frame.jobId().equals(jobId)).toList();
    }
}
