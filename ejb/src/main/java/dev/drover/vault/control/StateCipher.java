// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.drover.security.entity.Owner;
import dev.drover.system.control.Json;
import dev.drover.system.control.Sha256;
import dev.drover.vault.entity.SealedState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Encrypts states with AES-256-GCM, each for one owner and one name: as any other's, or under another name, it does not
 * open. Tink does all of it.
 */
final class StateCipher {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final String PURPOSE = "drover captured session";

    private final String first;
    private final Aead sealing;
    private final Map<String, Aead> ciphers = new LinkedHashMap<>();

    /**
     * A state that was encrypted.
     *
     * @param keyId tells the key from others, and nothing about it
     * @param text the ciphertext, as Base64
     */
    record Sealed(String keyId, String text) {}

    /** What opening a sealed state comes to. */
    sealed interface Opening {
        record Opened(String state) implements Opening {}

        /** It was sealed with a key that is not among those given. */
        record OtherKey(String keyId) implements Opening {}

        /** It is not what was sealed for this owner and this name. */
        record Altered() implements Opening {}
    }

    /** @param keys as Base64, at least one: the first encrypts, all decrypt */
    StateCipher(List<String> keys) {
        byte[] newest = bytes(keys.getFirst());
        this.first = idOf(newest);
        this.sealing = cipher(newest);
        ciphers.put(first, sealing);
        for (String key : keys) {
            byte[] bytes = bytes(key);
            ciphers.putIfAbsent(idOf(bytes), cipher(bytes));
        }
    }

    /** A new key, as Base64. */
    static String newKey() {
        return Base64.getEncoder()
                .encodeToString(SecretBytes.randomBytes(KEY_BYTES).toByteArray(InsecureSecretKeyAccess.get()));
    }

    /**
     * Sees whether a text is a key.
     *
     * @param place where it comes from, for the message, which never has the text
     */
    static void checkKey(String key, String place) {
        boolean fits;
        try {
            fits = bytes(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            fits = false;
        }
        if (!fits) {
            throw new IllegalArgumentException(place + " is no key: a key is " + KEY_BYTES
                    + " random bytes as Base64, as openssl rand -base64 32 makes them; several stand by commas, the one"
                    + " that encrypts first.");
        }
    }

    /** The ids of the keys that only decrypt. */
    Set<String> olderKeys() {
        Set<String> older = new LinkedHashSet<>(ciphers.keySet());
        older.remove(first);
        return older;
    }

    Sealed seal(Owner owner, String name, String state) {
        try {
            byte[] sealed = sealing.encrypt(state.getBytes(StandardCharsets.UTF_8), context(owner, name));
            return new Sealed(first, Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a captured session could not be encrypted", e);
        }
    }

    Opening open(Owner owner, String name, SealedState sealed) {
        Aead cipher = ciphers.get(sealed.keyId());
        if (cipher == null) {
            return new Opening.OtherKey(sealed.keyId());
        }
        try {
            byte[] state = cipher.decrypt(Base64.getDecoder().decode(sealed.sealed()), context(owner, name));
            return new Opening.Opened(new String(state, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Opening.Altered();
        }
    }

    /** As JSON, since no name can then run into its neighbour. */
    private static byte[] context(Owner owner, String name) {
        return Json.write(List.of(PURPOSE, owner.tenant(), owner.user(), name)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String key) {
        return Base64.getDecoder().decode(key.strip().replace('-', '+').replace('_', '/'));
    }

    private static String idOf(byte[] key) {
        byte[] purpose = PURPOSE.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[purpose.length + key.length];
        System.arraycopy(purpose, 0, all, 0, purpose.length);
        System.arraycopy(key, 0, all, purpose.length, key.length);
        return HexFormat.of().formatHex(Sha256.of(all), 0, ID_BYTES);
    }

    @AccessesPartialKey
    private static Aead cipher(byte[] key) {
        try {
            AeadConfig.register(); // Does nothing the second time.
            AesGcmParameters parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(KEY_BYTES)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            AesGcmKey made = AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build();
            return KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(made).withRandomId().makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM that Tink can use", e);
        }
    }
}
