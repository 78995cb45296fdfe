// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkSignerTest {

    private static final UUID SUBJECT = UUID.fromString("01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final LinkSigner signer = new LinkSigner("a secret of this server");

    @Test
    void aLinkIsGoodForItsSubjectUntilItsTime() {
        String link = signer.sign(SUBJECT, NOW);

        assertThat(link).matches("[A-Za-z0-9_-]{40,80}");
        assertThat(signer.verified(link, NOW)).contains(SUBJECT);
        assertThat(signer.verified(link, NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void whatIsChangedOrComesFromElsewhereIsNoLink() {
        String link = signer.sign(SUBJECT, NOW);

        for (int i = 0; i < link.length() - 1; i++) {
            char other = link.charAt(i) == 'A' ? 'B' : 'A';
            String changed = link.substring(0, i) + other + link.substring(i + 1);
            assertThat(signer.verified(changed, NOW)).as(changed).isEmpty();
        }
        assertThat(signer.verified(new LinkSigner("another server").sign(SUBJECT, NOW), NOW))
                .isEmpty();
        assertThat(signer.verified("", NOW)).isEmpty();
        assertThat(signer.verified("../../etc/passwd", NOW)).isEmpty();
    }
}
