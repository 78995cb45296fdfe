// SPDX-License-Identifier: Apache-2.0
package dev.drover.webhook.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.ConfigKey;
import dev.drover.system.control.InvalidSetting;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        WebhookSettings settings = WebhookSettings.from(config(Map.of()));

        assertThat(settings.secret()).isEmpty();
        assertThat(settings.concurrency()).isEqualTo(8);
        assertThat(settings.perReceiver()).isEqualTo(3);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.pauses())
                .startsWith(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30))
                .endsWith(Duration.ofHours(20), Duration.ofHours(24))
                .hasSize(9);
        assertThat(settings.disableAfter()).isEqualTo(Duration.ofDays(5));
        assertThat(settings.rotation()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.kept()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.failedKept()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void theNameThatUsersOfOtherSystemsKnowWorksToo() {
        assertThat(WebhookSettings.from(config(Map.of("WEBHOOK_SECRET", "your-webhook-secret")))
                        .secret())
                .contains("your-webhook-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5,soon", "0", "-1", "99999999999"})
    void pausesThatDoNotFitAreRefused(String pauses) {
        assertThatThrownBy(() -> WebhookSettings.from(config(Map.of(WebhookSettings.RETRIES.name(), pauses))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(WebhookSettings.RETRIES.variable());
    }

    @Test
    void aSecretThatDoesNotFitIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> WebhookSettings.from(config(Map.of("WEBHOOK_SECRET", "too-short"))))
                .hasMessageContaining("WEBHOOK_SECRET")
                .hasMessageNotContaining("too-short");
    }

    @Test
    void settingsDoNotShowTheSecret() {
        assertThat(WebhookSettings.from(config(Map.of("WEBHOOK_SECRET", "your-webhook-secret"))))
                .asString()
                .doesNotContain("your-webhook-secret");
    }

    /** All that {@link ConfigKey} asks for. */
    private static Config config(Map<String, String> values) {
        return (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getOptionalValue")) {
                        return Optional.ofNullable(values.get(String.valueOf(arguments[0])));
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
