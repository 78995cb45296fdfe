// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The last good result of jobs that asked for the same. */
@Entity
@Table(name = "last_result")
public class LastResult {

    /** The longest result that is kept, in characters. */
    public static final int LONGEST = 65_536;

    @Id
    @Column(nullable = false, length = 64)
    private String request;

    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Column(nullable = false, length = LONGEST)
    private String result;

    @Column(name = "made_at", nullable = false)
    private Instant madeAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected LastResult() {}

    /** @param request a digest of all that two jobs must have in common to be the same */
    public LastResult(String request, UUID jobId, String result, Instant madeAt) {
        this.request = requireNonNull(request, "request");
        this.jobId = requireNonNull(jobId, "jobId");
        this.result = requireNonNull(result, "result");
        this.madeAt = requireNonNull(madeAt, "madeAt");
    }

    public String request() {
        return request;
    }

    /** The job whose result it is; it may have been removed since. */
    public UUID jobId() {
        return jobId;
    }

    /** JSON. */
    public String result() {
        return result;
    }

    public Instant madeAt() {
        return madeAt;
    }
}
