// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Writes the file (Xauthority, see Xsecurity(7) and libXau) by which an X server knows its clients. */
final class XAuthority {

    private static final int ANY_ADDRESS = 0xffff;
    private static final String METHOD = "MIT-MAGIC-COOKIE-1";
    private static final int COOKIE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private XAuthority() {}

    /** A new cookie, for every address and display, in a file that nobody else may read. */
    static void write(Path file) throws IOException {
        byte[] cookie = new byte[COOKIE_BYTES];
        RANDOM.nextBytes(cookie);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(ANY_ADDRESS);
            counted(out, new byte[0]);
            counted(out, new byte[0]);
            counted(out, METHOD.getBytes(StandardCharsets.US_ASCII));
            counted(out, cookie);
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes.toByteArray());
    }

    private static void counted(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
