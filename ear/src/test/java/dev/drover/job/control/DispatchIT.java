// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.entity.Attempt;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobPriority;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.qa.container.InContainer;
import dev.drover.qa.container.ProbeJobs;
import dev.drover.qa.container.ProbeTask;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the committed row over the broker to the message-driven bean. The server of these tests has one consumer. */
@InContainer
@SuppressWarnings({"NullAway.Init", "try"}) // injected; what is only held open
class DispatchIT {

    @Resource(lookup = "jms/drover")
    private ConnectionFactory connections;

    @Resource(lookup = "jms/jobs-plain")
    private Queue plainLane;

    @Resource(lookup = "jms/jobs-browser")
    private Queue browserLane;

    @Inject
    private Jobs jobs;

    @Inject
    private JobQueries queries;

    private ProbeJobs probes;

    @BeforeEach
    void useProbes() {
        probes = new ProbeJobs(jobs, queries);
    }

    @Test
    void aDuplicateMessageRunsNothingTwice() {
        UUID id;
        try (ProbeTask.Hold hold = ProbeTask.hold("duplicate")) {
            id = probes.submit("duplicate");
            Awaitility.await().until(() -> !ProbeTask.runs("duplicate").isEmpty());

            // The bean of the other lane is free to take it while the job runs.
            send(browserLane, id.toString());
            Awaitility.await().until(() -> isEmpty(browserLane));
        }
        probes.awaitEnd(id);
        send(plainLane, id.toString());
        probes.awaitEnd(probes.submit("after the duplicate"));

        assertThat(ProbeTask.runs("duplicate")).hasSize(1);
        assertThat(queries.attempts(id)).extracting(Attempt::number).containsExactly(1);
        assertThat(probes.find(id)).map(Job::status).contains(JobStatus.SUCCEEDED);
    }

    @Test
    void aScheduledJobRunsAtItsTimeAndNotBefore() {
        Instant due = Instant.now().plusSeconds(2);

        Job job = probes.awaitEnd(probes.submitFor(due, "scheduled"));

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ProbeTask.runs("scheduled"))
                .singleElement()
                .extracting(ProbeTask.Run::startedAt)
                .satisfies(started -> assertThat(started).isBetween(due, due.plusSeconds(3)));
    }

    @Test
    void ofTheJobsThatWaitTheMostUrgentOneIsNext() {
        List<JobPriority> slowestFirst =
                List.of(JobPriority.LOW, JobPriority.NORMAL, JobPriority.HIGH, JobPriority.URGENT);
        List<UUID> waiting;
        try (ProbeTask.Hold hold = ProbeTask.hold("in front")) {
            probes.submit("in front");
            Awaitility.await().until(() -> !ProbeTask.runs("in front").isEmpty());
            waiting = slowestFirst.stream()
                    .map(priority -> probes.submit("waiting: " + priority, priority))
                    .toList();
            Awaitility.await().until(() -> waiting.stream().allMatch(this::isSent));
        }
        waiting.forEach(probes::awaitEnd);

        assertThat(ProbeTask.runs("waiting"))
                .extracting(ProbeTask.Run::label)
                .containsExactly("waiting: URGENT", "waiting: HIGH", "waiting: NORMAL", "waiting: LOW");
    }

    @Test
    void aMessageForAJobThatDoesNotExistIsConsumedWithoutHarm() {
        send(plainLane, UUID.randomUUID().toString());

        Job next = probes.awaitEnd(probes.submit("after nothing"));

        assertThat(next.status()).isEqualTo(JobStatus.SUCCEEDED);
        Awaitility.await().during(Duration.ofMillis(500)).until(() -> isEmpty(plainLane));
    }

    private boolean isSent(UUID id) {
        return probes.find(id).map(Job::dispatchedAt).isPresent();
    }

    private void send(Queue lane, String text) {
        try (JMSContext context = connections.createContext()) {
            context.createProducer().send(lane, text);
        }
    }

    private boolean isEmpty(Queue lane) throws JMSException {
        try (JMSContext context = connections.createContext();
                QueueBrowser browser = context.createBrowser(lane)) {
            return !browser.getEnumeration().hasMoreElements();
        }
    }
}
