// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.UUID;

/** Reads the messages of both lanes: a job's id, the rest is in its row. */
@ApplicationScoped
public class JobMessages {

    private JobRunner runner;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected JobMessages() {}

    @Inject
    public JobMessages(JobRunner runner) {
        this.runner = runner;
    }

    /**
     * Runs the job. Returning acknowledges the message; whatever is thrown has the broker deliver it again, later and
     * later, and in the end into its dead-letter queue.
     */
    void receive(Message message) {
        UUID jobId;
        try {
            jobId = UUID.fromString(message.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException("a message of the job queue cannot be read", e);
        }
        runner.run(jobId);
    }
}
