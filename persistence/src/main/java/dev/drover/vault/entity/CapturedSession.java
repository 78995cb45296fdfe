// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Cookies and storage of a browser that are kept under a name, without their content, which is a {@link SealedState}. Rows
 * change only through the statements of {@link CapturedSessionStore}, so an instance is a snapshot.
 */
@Entity
@Table(name = "captured_session")
public class CapturedSession {

    /** How long a name may be. */
    public static final int LONGEST_NAME = 100;

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(nullable = false, updatable = false, length = LONGEST_NAME)
    private String name;

    @Column(nullable = false, length = 16)
    private String engine;

    @Column(name = "session_id", nullable = false)
    private UUID sessionId;

    @Column(nullable = false)
    private int cookies;

    @Column(nullable = false)
    private int origins;

    @Column(name = "created_at", nullable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "last_used_at")
    private @Nullable Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected CapturedSession() {}

    /**
     * One that was captured just now.
     *
     * @param engine of the browser that it comes from
     * @param sessionId of the session that it comes from, which may have ended since
     * @param origins how many sites have something in their storage
     * @param expiresAt null keeps it until somebody removes it
     */
    public CapturedSession(
            Owner owner,
            String name,
            String engine,
            UUID sessionId,
            int cookies,
            int origins,
            Instant now,
            @Nullable Instant expiresAt) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.owner = requireNonNull(owner, "owner");
        this.name = requireNonNull(name, "name");
        this.engine = requireNonNull(engine, "engine");
        this.sessionId = requireNonNull(sessionId, "sessionId");
        this.cookies = cookies;
        this.origins = origins;
        this.createdAt = requireNonNull(now, "now");
        this.updatedAt = now;
        this.expiresAt = expiresAt;
    }

    /** Time-ordered (UUID version 7), and the same as long as the name is there. */
    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** The owner has no other of this name. */
    public String name() {
        return name;
    }

    /** Of the browser that it comes from. */
    public String engine() {
        return engine;
    }

    /** The session that it comes from, which may have ended since. */
    public UUID sessionId() {
        return sessionId;
    }

    public int cookies() {
        return cookies;
    }

    /** How many sites have something in their storage. */
    public int origins() {
        return origins;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it was captured last. */
    public Instant updatedAt() {
        return updatedAt;
    }

    /** From when on it opens no more; null for never. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /** When a session or a job last began with it. */
    public @Nullable Instant lastUsedAt() {
        return lastUsedAt;
    }
}
