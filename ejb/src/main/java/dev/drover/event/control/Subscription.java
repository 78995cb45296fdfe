// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

/** A subscriber's place in the hub, until it is closed. */
public interface Subscription extends AutoCloseable {

    /** Takes the subscriber out of the hub; closing twice does no harm. */
    @Override
    void close();
}
