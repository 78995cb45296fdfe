// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.Length;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * Steps that show whether something works. Rows change only through the statements of {@link TestCaseStore}, so an instance
 * is a snapshot.
 */
@Entity
@Table(name = "test_case")
public class TestCase {

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(nullable = false, length = 200)
    private String name;

    @Column(nullable = false, length = 2000)
    private String description;

    @Column(nullable = false, length = Length.LONG32)
    private String steps;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected TestCase() {}

    /** A new one. */
    public TestCase(UUID id, Owner owner, Content content, Instant now) {
        this.id = requireNonNull(id, "id");
        this.owner = requireNonNull(owner, "owner");
        this.name = content.name();
        this.description = content.description();
        this.steps = content.steps();
        this.revision = 1;
        this.createdAt = requireNonNull(now, "now");
        this.updatedAt = now;
    }

    /**
     * What people write.
     *
     * @param description empty where nobody has said what it is for
     * @param steps JSON array of objects, each with an {@code action}
     */
    public record Content(String name, String description, String steps) {
        public Content {
            requireNonNull(name, "name");
            requireNonNull(description, "description");
            requireNonNull(steps, "steps");
        }
    }

    /** Time-ordered (UUID version 7). */
    public static UUID nextId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    /** Time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    public Content content() {
        return new Content(name, description, steps);
    }

    /** Grows with every change. */
    public int revision() {
        return revision;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }
}
