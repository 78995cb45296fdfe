// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That a job belongs to a batch. Apart from the job's row, so that jobs without a batch pay nothing for it. */
@Entity
@Immutable
@Table(name = "batch_job")
@IdClass(BatchJob.Key.class)
class BatchJob {

    /** Identity of a membership. */
    record Key(UUID batchId, UUID jobId) {}

    @Id
    @Column(name = "batch_id", nullable = false)
    private UUID batchId;

    @Id
    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected BatchJob() {}

    BatchJob(UUID batchId, UUID jobId) {
        this.batchId = requireNonNull(batchId, "batchId");
        this.jobId = requireNonNull(jobId, "jobId");
    }
}
