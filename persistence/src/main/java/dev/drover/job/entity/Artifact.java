// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A file that a job left behind. The row says what it is; the content lies in the artifact storage under its key. */
@Entity
@Table(name = "artifact")
@IdClass(Artifact.Key.class)
public class Artifact {

    /** Identity of an artifact: names are unique within a job. */
    public record Key(UUID jobId, String name) {}

    @Id
    @Column(name = "job_id", nullable = false)
    private UUID jobId;

    @Id
    @Column(nullable = false, length = 120)
    private String name;

    @Column(nullable = false)
    private int attempt;

    @Column(nullable = false, length = 24)
    private String kind;

    @Column(name = "content_type", nullable = false, length = 128)
    private String contentType;

    @Column(name = "size_bytes", nullable = false)
    private long size;

    @Column(nullable = false, length = 64)
    private String sha256;

    @Column(name = "storage_key", nullable = false, length = 300)
    private String storageKey;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Artifact() {}

    /**
     * @param size in bytes
     * @param sha256 64 hexadecimal digits, lower case
     */
    public Artifact(
            UUID jobId,
            String name,
            int attempt,
            String kind,
            String contentType,
            long size,
            String sha256,
            String storageKey,
            Instant createdAt) {
        this.jobId = requireNonNull(jobId, "jobId");
        this.name = requireNonNull(name, "name");
        this.attempt = attempt;
        this.kind = requireNonNull(kind, "kind");
        this.contentType = requireNonNull(contentType, "contentType");
        this.size = size;
        this.sha256 = requireNonNull(sha256, "sha256");
        this.storageKey = requireNonNull(storageKey, "storageKey");
        this.createdAt = requireNonNull(createdAt, "createdAt");
    }

    public UUID jobId() {
        return jobId;
    }

    public String name() {
        return name;
    }

    /** The attempt that made it. */
    public int attempt() {
        return attempt;
    }

    public String kind() {
        return kind;
    }

    public String contentType() {
        return contentType;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** 64 hexadecimal digits, lower case. */
    public String sha256() {
        return sha256;
    }

    public String storageKey() {
        return storageKey;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
