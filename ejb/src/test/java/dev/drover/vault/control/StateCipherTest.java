// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.security.entity.Owner;
import dev.drover.vault.control.StateCipher.Opening;
import dev.drover.vault.control.StateCipher.Sealed;
import dev.drover.vault.entity.SealedState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCipherTest {

    private static final Owner ALICE = new Owner("default", "alice");
    private static final String STATE = "{\"cookies\":[{\"name\":\"sid\",\"value\":\"hemlighet-åäö\"}]}";
    private static final String FIRST = StateCipher.newKey();
    private static final String SECOND = StateCipher.newKey();

    private final StateCipher cipher = new StateCipher(List.of(FIRST));

    @Test
    void aStateComesBackAsItWent() {
        Sealed sealed = cipher.seal(ALICE, "shop", STATE);

        assertThat(open(cipher, ALICE, "shop", sealed)).isEqualTo(new Opening.Opened(STATE));
    }

    @Test
    void nothingOfItCanBeReadAndNoTwoAreEqual() {
        Sealed sealed = cipher.seal(ALICE, "shop", STATE);

        assertThat(new String(Base64.getDecoder().decode(sealed.text()), StandardCharsets.ISO_8859_1))
                .doesNotContain("sid", "hemlighet", "cookies");
        assertThat(cipher.seal(ALICE, "shop", STATE).text()).isNotEqualTo(sealed.text());
    }

    @Test
    void aRowThatWasCopiedToAnotherOwnerOrNameDoesNotOpen() {
        Sealed sealed = cipher.seal(ALICE, "shop", STATE);

        assertThat(open(cipher, new Owner("default", "bob"), "shop", sealed)).isEqualTo(new Opening.Altered());
        assertThat(open(cipher, new Owner("other", "alice"), "shop", sealed)).isEqualTo(new Opening.Altered());
        assertThat(open(cipher, ALICE, "bank", sealed)).isEqualTo(new Opening.Altered());
        Sealed joined = cipher.seal(new Owner("a", "b"), "c.d", STATE);
        assertThat(open(cipher, new Owner("a", "b.c"), "d", joined)).isEqualTo(new Opening.Altered());
    }

    @Test
    void aRowThatWasChangedDoesNotOpen() {
        Sealed sealed = cipher.seal(ALICE, "shop", STATE);
        byte[] bytes = Base64.getDecoder().decode(sealed.text());
        bytes[bytes.length / 2] ^= 1;

        assertThat(open(
                        cipher,
                        ALICE,
                        "shop",
                        new Sealed(sealed.keyId(), Base64.getEncoder().encodeToString(bytes))))
                .isEqualTo(new Opening.Altered());
        assertThat(open(cipher, ALICE, "shop", new Sealed(sealed.keyId(), "no Base64")))
                .isEqualTo(new Opening.Altered());
        assertThat(open(cipher, ALICE, "shop", new Sealed(sealed.keyId(), ""))).isEqualTo(new Opening.Altered());
    }

    @Test
    void whatAnotherKeySealedSaysWhichKeyItWas() {
        Sealed sealed = new StateCipher(List.of(SECOND)).seal(ALICE, "shop", STATE);

        assertThat(open(cipher, ALICE, "shop", sealed)).isEqualTo(new Opening.OtherKey(sealed.keyId()));
        assertThat(sealed.keyId()).matches("[0-9a-f]{16}");
    }

    @Test
    void theFirstKeySealsAndAllOpen() {
        Sealed old = cipher.seal(ALICE, "shop", STATE);
        StateCipher rotated = new StateCipher(List.of(SECOND, FIRST));

        assertThat(open(rotated, ALICE, "shop", old)).isEqualTo(new Opening.Opened(STATE));
        Sealed anew = rotated.seal(ALICE, "shop", STATE);
        assertThat(open(new StateCipher(List.of(SECOND)), ALICE, "shop", anew)).isEqualTo(new Opening.Opened(STATE));
        assertThat(rotated.olderKeys()).containsExactly(old.keyId());
        assertThat(new StateCipher(List.of(FIRST, FIRST)).olderKeys()).isEmpty();
    }

    @Test
    void aKeyMayBeWrittenForAddressesToo() {
        String key = Base64.getEncoder().encodeToString(new byte[] {
            -1, -2, -3, -4, -5, -6, -7, -8, -1, -2, -3, -4, -5, -6, -7, -8, -1, -2, -3, -4, -5, -6, -7, -8, -1, -2, -3,
            -4, -5, -6, -7, -8
        });
        Sealed sealed = new StateCipher(List.of(key)).seal(ALICE, "shop", STATE);
        String other = key.replace('+', '-').replace('/', '_').replace("=", "");

        assertThat(open(new StateCipher(List.of(other)), ALICE, "shop", sealed)).isEqualTo(new Opening.Opened(STATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "not+Base64+at+all!+not+Base64+at+all!+123456", "c2VjcmV0"})
    void whatIsNoKeyIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> StateCipher.checkKey(text, "DROVER_VAULT_KEY"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DROVER_VAULT_KEY is no key: a key is 32 random bytes as Base64")
                .satisfies(e -> assertThat(text.isEmpty()
                                || !String.valueOf(e.getMessage()).contains(text))
                        .isTrue());
    }

    private static Opening open(StateCipher cipher, Owner owner, String name, Sealed sealed) {
        return cipher.open(owner, name, new SealedState(UUID.randomUUID(), sealed.keyId(), sealed.text()));
    }
}
