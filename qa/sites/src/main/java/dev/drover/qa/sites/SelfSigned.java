// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and a certificate of its own signing for 127.0.0.1 and localhost, made at every start, so that no private key
 * lies in the repository. The JDK can read certificates but not write them, hence the few lines of DER (RFC 5280).
 */
final class SelfSigned {

    private static final byte[] ECDSA_WITH_SHA256 = bytes(0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    private static final byte[] COMMON_NAME = bytes(6, 3, 0x55, 4, 3);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = bytes(6, 3, 0x55, 0x1d, 0x11);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SelfSigned() {}

    static SSLContext forLoopback() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate(keys)));

            char[] password = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("sites", keys.getPrivate(), password, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no self-signed certificate could be made", e);
        }
    }

    private static byte[] certificate(KeyPair keys) throws GeneralSecurityException {
        byte[] name = sequence(
                der(0x31, sequence(COMMON_NAME, der(0x0c, "Drover sample sites".getBytes(StandardCharsets.UTF_8)))));
        Instant now = Instant.now();
        byte[] validity = sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(Duration.ofDays(365))));
        byte[] names =
                sequence(der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)), der(0x87, bytes(127, 0, 0, 1)));
        byte[] toBeSigned = sequence(
                der(0xa0, integer(2)),
                integer(System.nanoTime()),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                keys.getPublic().getEncoded(),
                der(0xa3, sequence(sequence(SUBJECT_ALTERNATIVE_NAME, der(4, names)))));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(toBeSigned);
        return sequence(toBeSigned, ECDSA_WITH_SHA256, der(3, bytes(0), signature.sign()));
    }

    private static byte[] integer(long value) {
        return der(2, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] time(Instant instant) {
        return der(0x17, UTC_TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, parts);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.writeBytes(bytes(0x81, length));
        } else {
            out.writeBytes(bytes(0x82, length >> 8, length & 0xff));
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
