// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.e2e;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed in the end, last opened first, whatever fails on the way. */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T later(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        IllegalStateException failure = null;
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                IllegalStateException here = new IllegalStateException(next + " could not be closed", e);
                if (failure != null) {
                    here.addSuppressed(failure);
                }
                failure = here;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
