// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Takes jobs that need no browser, several at once. */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class PlainJobs implements MessageListener {

    @Inject
    private JobMessages messages;

    @SuppressWarnings("NullAway.Init") // injected
    public PlainJobs() {}

    @Override
    public void onMessage(Message message) {
        messages.receive(message);
    }
}
