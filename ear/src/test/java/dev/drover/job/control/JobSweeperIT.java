// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.entity.Attempt;
import dev.drover.job.entity.Claim;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.JobError;
import dev.drover.job.entity.JobQueries;
import dev.drover.job.entity.JobStatus;
import dev.drover.job.entity.JobWrite;
import dev.drover.qa.container.InContainer;
import dev.drover.qa.container.ProbeJobs;
import dev.drover.qa.container.ProbeTask;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server's timer makes up for. */
@InContainer
@SuppressWarnings("NullAway.Init") // injected
class JobSweeperIT {

    @Inject
    private JobLedger ledger;

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
    void aRowWhoseMessageNeverLeftIsSent() {
        JobWrite.Submit row = ProbeJobs.row("unsent", Instant.now().minusSeconds(10));

        ledger.writeAndWait(row);

        assertThat(probes.awaitEnd(row.job().id()).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ProbeTask.runs("unsent")).hasSize(1);
    }

    @Test
    void anAttemptWhoseNodeWentAwayIsSettledAndTheJobRunsAgain() {
        JobWrite.Submit row = ProbeJobs.row("abandoned", Instant.now());
        UUID id = row.job().id();
        Instant now = Instant.now();
        ledger.writeAndWait(row);
        Claim claim = ledger.writeAndWait(new JobWrite.Take(id, "a node that died", now, now.minusSeconds(1), "{}"));
        assertThat(claim).isInstanceOf(Claim.Granted.class);

        Job job = probes.awaitEnd(id);

        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        List<Attempt> attempts = queries.attempts(id);
        assertThat(attempts).extracting(Attempt::outcome).containsExactly("queued", "succeeded");
        assertThat(attempts.getFirst().node()).isEqualTo("a node that died");
        assertThat(attempts.getFirst().error()).extracting(JobError::code).isEqualTo("lost_worker");
        assertThat(ProbeTask.runs("abandoned")).hasSize(1);
    }
}
