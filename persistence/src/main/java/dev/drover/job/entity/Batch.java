// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** Jobs that were submitted together. It goes when the last of its jobs is removed. */
@Entity
@Immutable
@Table(name = "batch")
public class Batch {

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(nullable = false)
    private int total;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Batch() {}

    public Batch(UUID id, Owner owner, int total, Instant createdAt) {
        this.id = requireNonNull(id, "id");
        this.owner = requireNonNull(owner, "owner");
        this.total = total;
        this.createdAt = requireNonNull(createdAt, "createdAt");
    }

    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** How many jobs it had when it was submitted. */
    public int total() {
        return total;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
