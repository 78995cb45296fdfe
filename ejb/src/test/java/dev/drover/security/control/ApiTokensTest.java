// SPDX-License-Identifier: Apache-2.0
package dev.drover.security.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokensTest {

    private static final String TOKEN = "a-token-that-is-long-enough";

    @TempDir
    private Path data;

    @Test
    void theConfiguredTokenIsTheAdministrators() {
        ApiTokens tokens = new ApiTokens(new SecuritySettings(Optional.of(TOKEN), Optional.empty()), data);

        assertThat(tokens.callerOf(TOKEN)).hasValueSatisfying(caller -> {
            assertThat(caller.isAdmin()).isTrue();
            assertThat(caller.owner().user()).isEqualTo("admin");
            assertThat(caller.owner().tenant()).isEqualTo("default");
        });
        assertThat(data.resolve("secrets")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a-token-that-is-long-enoug", "a-token-that-is-long-enough ", "A-TOKEN-THAT-IS-LONG-ENOUGH"})
    void anyOtherTokenIsNobodys(String other) {
        ApiTokens tokens = new ApiTokens(new SecuritySettings(Optional.of(TOKEN), Optional.empty()), data);

        assertThat(tokens.callerOf(other)).isEmpty();
    }

    @Test
    void withoutOneTheServerMakesItsOwnAndKeepsItForItself() throws IOException {
        new ApiTokens(new SecuritySettings(Optional.empty(), Optional.empty()), data);

        Path file = data.resolve("secrets").resolve("api-token");
        String token = Files.readString(file).strip();
        assertThat(token).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void theOwnTokenStaysTheSameOverRestarts() throws IOException {
        new ApiTokens(new SecuritySettings(Optional.empty(), Optional.empty()), data);
        String token =
                Files.readString(data.resolve("secrets").resolve("api-token")).strip();

        ApiTokens restarted = new ApiTokens(new SecuritySettings(Optional.empty(), Optional.empty()), data);

        assertThat(restarted.callerOf(token)).isPresent();
    }

    @Test
    void twoServersMakeDifferentTokens() throws IOException {
        new ApiTokens(new SecuritySettings(Optional.empty(), Optional.empty()), data.resolve("a"));
        new ApiTokens(new SecuritySettings(Optional.empty(), Optional.empty()), data.resolve("b"));

        assertThat(Files.readString(data.resolve("a/secrets/api-token")))
                .isNotEqualTo(Files.readString(data.resolve("b/secrets/api-token")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has spaces in its middle", "has-ümlauts-in-its-middle"})
    void aTokenThatCannotBeUsedIsRefusedWithoutBeingShown(String unusable) {
        assertThatThrownBy(() -> new SecuritySettings(Optional.of(unusable), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("API_SECRET_TOKEN")
                .hasMessageNotContaining(unusable);
    }

    @Test
    void settingsDoNotShowTheToken() {
        assertThat(new SecuritySettings(Optional.of(TOKEN), Optional.empty()))
                .asString()
                .doesNotContain(TOKEN);
    }
}
