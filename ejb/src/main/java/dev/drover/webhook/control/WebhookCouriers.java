// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/** Sends webhooks, several at once. What it throws has the broker deliver the message again. */
@MessageDriven
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookCouriers implements MessageListener {

    @Inject
    private Courier courier;

    @SuppressWarnings("NullAway.Init") // injected
    public WebhookCouriers() {}

    @Override
    public void onMessage(Message message) {
        try {
            courier.work(String.valueOf(message.getBody(String.class)));
        } catch (JMSException e) {
            throw new IllegalStateException("a message of the queue of webhooks cannot be read", e);
        }
    }
}
