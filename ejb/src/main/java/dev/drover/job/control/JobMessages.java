// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the messages of both lanes: a job's id, the rest is in its row. */
@ApplicationScoped
public class JobMessages {

    private static final Logger LOG = Logger.getLogger(JobMessages.class.getName());

    /** Where Artemis notes from which address it took a dead letter. */
    private static final String ORIGINAL_ADDRESS = "_AMQ_ORIG_ADDRESS";

    private static final String EVENTS = "drover.events";

    private JobRunner runner;
    private DeadLetters deadLetters;
    private Drain drain;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobMessages() {}

    @Inject
    public JobMessages(JobRunner runner, DeadLetters deadLetters, Drain drain) {
        this.runner = runner;
        this.deadLetters = deadLetters;
        this.drain = drain;
    }

    /**
     * Runs the job. Returning acknowledges the message; whatever is thrown has the broker deliver it again, later and
     * later, and in the end into its dead-letter queue.
     */
    void receive(Message message) {
        if (!drain.takesJobs()) {
            // It came before the pause of its listener took effect.
            throw new IllegalStateException(
                    "This node drains: the message waits for its end, or goes to another node.");
        }
        runner.run(UUID.fromString(body(message)));
    }

    /** Fails the job of a message that could not be worked on; one that names no job is logged and dropped. */
    void bury(Message message) {
        if (isOfEvents(message)) {
            // A node did not take it in time. Whoever missed the events asks the database for them.
            return;
        }
        String body = body(message);
        UUID jobId;
        try {
            jobId = UUID.fromString(body);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.SEVERE,
                    "DROVER0036 a message of the job queue named no job and was dropped: {0}",
                    body.length() > 200 ? body.substring(0, 200) + "…" : body);
            return;
        }
        deadLetters.bury(jobId);
    }

    private static boolean isOfEvents(Message message) {
        try {
            return EVENTS.equals(message.getStringProperty(ORIGINAL_ADDRESS));
        } catch (JMSException e) {
            return false;
        }
    }

    private static String body(Message message) {
        try {
            return String.valueOf(message.getBody(String.class));
        } catch (JMSException e) {
            return "not a text: " + e.getMessage();
        }
    }
}
