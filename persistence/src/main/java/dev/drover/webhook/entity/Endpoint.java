// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of events. Rows change only through the statements of {@link EndpointStore}, so an instance is a
 * snapshot.
 */
@Entity
@Table(name = "webhook_endpoint")
public class Endpoint {

    /** The receiver said that it is gone for good. */
    public static final String GONE = "gone";

    /** It failed for too long. */
    public static final String FAILING = "failing";

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(name = "all_owners", nullable = false)
    private boolean allOwners;

    @Column(nullable = false, length = 2000)
    private String url;

    @Column(nullable = false, length = 500)
    private String description;

    @Column(name = "event_types", nullable = false, length = 1000)
    private String eventTypes;

    @Column(nullable = false)
    private boolean enabled;

    @Column(name = "disabled_reason", length = 16)
    private @Nullable String disabledReason;

    @Column(name = "failing_since")
    private @Nullable Instant failingSince;

    @Column(nullable = false, length = 200)
    private String secret;

    @Column(name = "previous_secret", length = 200)
    private @Nullable String previousSecret;

    @Column(name = "previous_until")
    private @Nullable Instant previousUntil;

    @Column(nullable = false)
    private int revision;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Endpoint() {}

    /**
     * A new endpoint, enabled.
     *
     * @param allOwners whether it hears of the jobs of everyone, or of its owner's alone
     */
    public Endpoint(
            UUID id,
            Owner owner,
            boolean allOwners,
            String url,
            String description,
            Collection<String> eventTypes,
            String secret,
            Instant now) {
        this.id = requireNonNull(id, "id");
        this.owner = requireNonNull(owner, "owner");
        this.allOwners = allOwners;
        this.url = requireNonNull(url, "url");
        this.description = requireNonNull(description, "description");
        this.eventTypes = joined(eventTypes);
        this.enabled = true;
        this.secret = requireNonNull(secret, "secret");
        this.revision = 1;
        this.createdAt = requireNonNull(now, "now");
        this.updatedAt = now;
    }

    /** Time-ordered (UUID version 7). */
    public static UUID nextId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    static String joined(Collection<String> eventTypes) {
        return String.join(",", new TreeSet<>(eventTypes));
    }

    /** Time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    /** Whether it hears of the jobs of everyone, or of its owner's alone. */
    public boolean allOwners() {
        return allOwners;
    }

    public String url() {
        return url;
    }

    /** Empty where nobody has said what it is. */
    public String description() {
        return description;
    }

    /** In alphabetical order. */
    public Set<String> eventTypes() {
        return new TreeSet<>(List.of(eventTypes.split(",")));
    }

    /** Whether it wants to hear of such events. */
    public boolean wants(String eventType) {
        return ("," + eventTypes + ",").contains("," + eventType + ",");
    }

    public boolean enabled() {
        return enabled;
    }

    /** {@link #GONE} or {@link #FAILING} where the server disabled it. */
    public @Nullable String disabledReason() {
        return disabledReason;
    }

    /** Since when every attempt has failed. */
    public @Nullable Instant failingSince() {
        return failingSince;
    }

    /** Signs what is sent. */
    public String secret() {
        return secret;
    }

    /** Signs beside the newer one until {@link #previousUntil}. */
    public @Nullable String previousSecret() {
        return previousSecret;
    }

    public @Nullable Instant previousUntil() {
        return previousUntil;
    }

    /** Grows with every change that people make. */
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
