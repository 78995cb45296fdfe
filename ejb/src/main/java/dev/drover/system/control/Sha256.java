// SPDX-License-Identifier: Apache-2.0
package dev.drover.system.control;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest by which the server compares and names contents (FIPS 180-4). */
public final class Sha256 {

    private Sha256() {}

    /** For content that comes in pieces. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }
}
