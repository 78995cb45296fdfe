// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import dev.drover.system.control.NodeIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;

/**
 * Makes links that let whoever has them at one thing, until a time, and tells its own links from others. The key is
 * configured, as it must be where several nodes share the work, or made once and kept in the data folder.
 */
@ApplicationScoped
public class LinkSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNED = 2 * Long.BYTES + Long.BYTES;
    private static final int SIGNATURE = 20;

    private SecretKeySpec key;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected LinkSigner() {}

    @Inject
    public LinkSigner(Config config, NodeIdentity node) {
        this(SecuritySettings.from(config).linkSecret().orElseGet(() -> ownSecret(node.dataRoot())));
    }

    LinkSigner(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    private static String ownSecret(Path dataRoot) {
        return new TokenFile(dataRoot.resolve("secrets").resolve("link-secret"))
                .readOrCreate()
                .token();
    }

    /** A word of letters, digits, dashes and underscores. */
    public String sign(UUID subject, Instant until) {
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .putLong(subject.getMostSignificantBits())
                .putLong(subject.getLeastSignificantBits())
                .putLong(until.getEpochSecond())
                .array();
        ByteBuffer token = ByteBuffer.allocate(SIGNED + SIGNATURE).put(signed).put(signature(signed));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** What a word of {@link #sign} is about; nothing when it is none, or its time is over. */
    public Optional<UUID> verified(String token, Instant now) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != SIGNED + SIGNATURE) {
            return Optional.empty();
        }
        byte[] signed = Arrays.copyOf(bytes, SIGNED);
        byte[] signature = Arrays.copyOfRange(bytes, SIGNED, bytes.length);
        ByteBuffer content = ByteBuffer.wrap(signed);
        UUID subject = new UUID(content.getLong(), content.getLong());
        boolean inTime = now.getEpochSecond() <= content.getLong();
        return MessageDigest.isEqual(signature, signature(signed)) && inTime ? Optional.of(subject) : Optional.empty();
    }

    private byte[] signature(byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(signed), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
