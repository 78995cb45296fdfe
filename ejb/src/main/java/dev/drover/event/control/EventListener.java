// SPDX-License-Identifier: Apache-2.0
package dev.drover.event.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hears the events of the other nodes. A message that cannot be read is of another version: it is logged and dropped. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Topic"),
        })
@TransactionManagement(TransactionManagementType.BEAN)
public class EventListener implements MessageListener {

    private static final Logger LOG = Logger.getLogger(EventListener.class.getName());

    @Inject
    private EventFanout fanout;

    @SuppressWarnings("NullAway.Init") // injected
    public EventListener() {}

    @Override
    public void onMessage(Message message) {
        try {
            if (!fanout.isOwn(message.getStringProperty(EventFanout.ORIGIN))) {
                fanout.heard(message.getBody(String.class));
            }
        } catch (JMSException | JsonProcessingException e) {
            LOG.log(Level.WARNING, "DROVER0013 a message of the event topic cannot be read", e);
        }
    }
}
