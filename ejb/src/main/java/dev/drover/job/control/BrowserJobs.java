// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Takes jobs that need a browser. As many run at once as the node has browser workers. */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class BrowserJobs implements MessageListener {

    @Inject
    private JobMessages messages;

    @SuppressWarnings("NullAway.Init") // injected
    public BrowserJobs() {}

    @Override
    public void onMessage(Message message) {
        messages.receive(message);
    }
}
