// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A label of a job, as a row of its own so that jobs can be found by it. */
@Entity
@Immutable
@Table(name = "job_label")
@IdClass(JobLabel.Key.class)
public class JobLabel {

    /** Identity of a label: a job has one value per name. */
    public record Key(UUID jobId, String name) {}

    @Id
    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Id
    @Column(nullable = false, length = 64)
    private String name;

    @Column(name = "text", nullable = false, length = 256)
    private String value;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected JobLabel() {}

    JobLabel(UUID jobId, String name, String value) {
        this.jobId = jobId;
        this.name = name;
        this.value = value;
    }
}
