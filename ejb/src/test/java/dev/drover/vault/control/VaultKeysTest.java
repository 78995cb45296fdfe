// SPDX-License-Identifier: Apache-2.0
package dev.drover.vault.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the keys come from. */
class VaultKeysTest {

    @TempDir
    private Path data;

    @Test
    void aServerWithoutAKeyMakesOneThatOnlyItsUserCanReadAndKeepsIt() throws IOException {
        List<String> made = VaultBeans.ownKeys(data);

        Path file = data.resolve("secrets/vault-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made).hasSize(1);
        assertThat(VaultBeans.ownKeys(data)).isEqualTo(made);
    }

    @Test
    void theFileMayHoldOlderKeysBehindTheFirst() throws IOException {
        String old = VaultBeans.ownKeys(data).getFirst();
        String newer = StateCipher.newKey();
        Files.writeString(data.resolve("secrets/vault-key"), newer + ", " + old + "\n");

        assertThat(VaultBeans.ownKeys(data)).containsExactly(newer, old);
    }

    @Test
    void aFileThatHoldsNoKeyIsNamed() throws IOException {
        VaultBeans.ownKeys(data);
        Path file = data.resolve("secrets/vault-key");

        Files.writeString(file, "\n");
        assertThatThrownBy(() -> VaultBeans.ownKeys(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + " is empty");
        Files.writeString(file, "half-a-key\n");
        assertThatThrownBy(() -> VaultBeans.ownKeys(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + " is no key")
                .hasMessageNotContaining("half-a-key");
    }

    @Test
    void aConfiguredKeyThatIsNoneIsRefusedByTheNameOfItsVariable() {
        assertThatThrownBy(() -> new VaultSettings(List.of(StateCipher.newKey(), "my-password"), 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DROVER_VAULT_KEY")
                .hasMessageNotContaining("my-password");
        String key = StateCipher.newKey();
        assertThat(new VaultSettings(List.of(key), 1, 1).toString()).doesNotContain(key);
    }
}
