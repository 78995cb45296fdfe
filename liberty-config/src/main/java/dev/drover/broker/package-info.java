// SPDX-License-Identifier: Apache-2.0

/**
 * The way to the message broker: a Jakarta Connectors resource adapter around Apache Artemis.
 *
 * <p>Without a broker address the adapter carries the broker itself: it starts before the application, keeps its
 * journal in the data folder and stops after the application. With one ({@code BROKER_URL}) it only connects, and
 * waits patiently for a broker that is not there yet. The application sees the same JMS resources either way.
 *
 * <p>{@link dev.drover.broker.BrokerLayout} is the one place that says which queues and topics exist and what happens
 * to a message that cannot be delivered or does not fit.
 */
@NullMarked
package dev.drover.broker;

import org.jspecify.annotations.NullMarked;
