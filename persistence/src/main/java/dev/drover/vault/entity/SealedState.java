// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.entity;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The encrypted content of a {@link CapturedSession}. */
@Entity
@Table(name = "sealed_state")
public class SealedState {

    @Id
    @Column(name = "captured_session_id")
    private UUID capturedSessionId;

    @Column(name = "key_id", nullable = false, length = 16)
    private String keyId;

    @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
    @Column(nullable = false)
    private String sealed;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected SealedState() {}

    /**
     * @param keyId tells the key from others, and nothing about it
     * @param sealed the ciphertext, as Base64
     */
    public SealedState(UUID capturedSessionId, String keyId, String sealed) {
        this.capturedSessionId = requireNonNull(capturedSessionId, "capturedSessionId");
        this.keyId = requireNonNull(keyId, "keyId");
        this.sealed = requireNonNull(sealed, "sealed");
    }

    public UUID capturedSessionId() {
        return capturedSessionId;
    }

    /** Which key it was encrypted with. */
    public String keyId() {
        return keyId;
    }

    /** The ciphertext, as Base64. */
    public String sealed() {
        return sealed;
    }
}
