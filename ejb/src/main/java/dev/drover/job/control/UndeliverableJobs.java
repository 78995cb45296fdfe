// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Takes the messages that the broker gave up: their jobs become dead letters with the cause. */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class UndeliverableJobs implements MessageListener {

    @Inject
    private JobMessages messages;

    @SuppressWarnings("NullAway.Init") // injected
    public UndeliverableJobs() {}

    @Override
    public void onMessage(Message message) {
        messages.bury(message);
    }
}
