// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that came with an {@code Idempotency-Key}. Rows change only through the statements of {@link
 * IdempotencyStore}, so an instance is a snapshot.
 */
@Entity
@Table(name = "idempotency")
public class IdempotencyRecord {

    /** Identity: every caller has keys of its own. */
    @Embeddable
    public record Key(
            @Column(name = "tenant", nullable = false, length = 64)
            String tenant,

            @Column(name = "user_id", nullable = false, length = 128)
            String user,

            @Column(name = "idempotency_key", nullable = false, length = 255)
            String key) {

        public static Key of(Owner owner, String key) {
            return new Key(owner.tenant(), owner.user(), key);
        }
    }

    /**
     * An answer that was given, as it is given again.
     *
     * @param location empty where the answer has none
     */
    @Embeddable
    public record Answer(
            @Column(name = "answer_status") int status,

            @Column(name = "answer_location", length = 2000) @Nullable
            String location,

            @Column(name = "answer_type", length = 128) @Nullable
            String contentType,

            @JdbcTypeCode(SqlTypes.LONG32VARCHAR) @Column(name = "answer_body")
            String body) {}

    @EmbeddedId
    private Key key;

    @Column(nullable = false, length = 64)
    private String fingerprint;

    @Column(name = "reserved_id", nullable = false)
    private UUID reservedId;

    @Column(nullable = false, length = 128)
    private String node;

    @Column(name = "begun_at", nullable = false)
    private Instant begunAt;

    @Embedded
    private @Nullable Answer answer;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected IdempotencyRecord() {}

    /**
     * A request that is being answered from now on.
     *
     * @param fingerprint what the key stands for: the same for the same request only
     */
    public IdempotencyRecord(Key key, String fingerprint, String node, Instant begunAt) {
        this.key = requireNonNull(key, "key");
        this.fingerprint = requireNonNull(fingerprint, "fingerprint");
        this.reservedId = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.node = requireNonNull(node, "node");
        this.begunAt = requireNonNull(begunAt, "begunAt");
    }

    public Key key() {
        return key;
    }

    public String fingerprint() {
        return fingerprint;
    }

    /** For what the request makes, so that it can make it only once; time-ordered (UUID version 7). */
    public UUID reservedId() {
        return reservedId;
    }

    /** The node that answers the request, or answered it. */
    public String node() {
        return node;
    }

    public Instant begunAt() {
        return begunAt;
    }

    /** Empty while the request is being answered. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }
}
