// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.sites;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One order of a login with BankID, as its animated QR codes show it: {@code bankid.<start token>.<second>.<HMAC>}, a new
 * one each second (https://developers.bankid.com/getting-started/qr-code).
 */
final class BankIdOrder {

    /** The words of BankID for how an order stands. */
    enum Status {
        PENDING,
        COMPLETE,
        FAILED
    }

    /** A phone needs a moment between the picture and its answer. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id = random();
    private final String startToken = random();
    private final byte[] secret = random().getBytes(StandardCharsets.US_ASCII);
    private final Instant startedAt;
    private final Duration lifetime;
    private final String person;
    private Status status = Status.PENDING;
    private String hint = "outstandingTransaction";

    /** @param person the number of the only one who may use it; empty for anyone */
    BankIdOrder(Instant startedAt, Duration lifetime, String person) {
        this.startedAt = startedAt;
        this.lifetime = lifetime;
        this.person = person;
    }

    String id() {
        return id;
    }

    String startToken() {
        return startToken;
    }

    String person() {
        return person;
    }

    synchronized Status status(Instant now) {
        if (status == Status.PENDING && !now.isBefore(startedAt.plus(lifetime))) {
            fail("expiredTransaction");
        }
        return status;
    }

    /** BankID's word for what the person sees: {@code outstandingTransaction}, {@code userSign}, {@code userCancel}, … */
    synchronized String hint() {
        return hint;
    }

    /** Whether its code is to be seen: not any more once a phone has taken it. */
    synchronized boolean showsCode(Instant now) {
        return status(now) == Status.PENDING && hint.equals("outstandingTransaction");
    }

    String code(Instant now) {
        return code(second(now));
    }

    /** Whether a phone that reads this code now would be let in. */
    synchronized boolean accepts(String payload, Instant now) {
        if (!showsCode(now)) {
            return false;
        }
        for (long second = second(now); second >= Math.max(0, second(now) - TOLERANCE.toSeconds()); second--) {
            if (code(second).equals(payload)) {
                return true;
            }
        }
        return false;
    }

    /** A phone has read the code; its owner is asked for the security code. */
    synchronized void open() {
        hint = "userSign";
    }

    synchronized void complete() {
        status = Status.COMPLETE;
        hint = "";
    }

    synchronized void fail(String why) {
        status = Status.FAILED;
        hint = why;
    }

    private long second(Instant now) {
        return Duration.between(startedAt, now).toSeconds();
    }

    private String code(long second) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] digest = mac.doFinal(Long.toString(second).getBytes(StandardCharsets.US_ASCII));
            return "bankid." + startToken + "." + second + "." + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String random() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        String hex = HexFormat.of().formatHex(bits);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }
}
