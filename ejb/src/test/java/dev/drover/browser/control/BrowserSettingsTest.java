// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.system.control.ConfigKey;
import dev.drover.system.control.InvalidSetting;
import dev.drover.system.control.egress.EgressSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BrowserSettingsTest {

    private static final long GIGABYTE = 1L << 30;

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        BrowserSettings settings = BrowserSettings.from(new Settings(Map.of()));

        assertThat(settings.workers()).isEqualTo(MachineCapacity.ofThisMachine().browsers());
        assertThat(settings.headless()).isTrue();
        assertThat(settings.prewarm()).isTrue();
        assertThat(settings.recycleRuns()).isEqualTo(250);
        assertThat(settings.leastWorkers()).isEqualTo(1);
        assertThat(settings.memoryLimit()).isEqualTo(GIGABYTE);
        assertThat(settings.cancelGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.launchTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.maxPageBytes()).isEqualTo(100L << 20);
        assertThat(settings.egressAllow()).isEmpty();
        assertThat(settings.executables().engines()).containsExactly("chromium", "firefox", "webkit");
    }

    @Test
    void theNamesThatUsersOfOtherSystemsKnowWorkToo() {
        BrowserSettings settings = BrowserSettings.from(new Settings(
                Map.of("MAX_BROWSER_INSTANCES", "3", "BROWSER_HEADLESS", "false", "BROWSER_MEMORY_LIMIT", "256MB")));

        assertThat(settings.workers()).isEqualTo(3);
        assertThat(settings.memoryLimit()).isEqualTo(256L << 20);
        assertThat(settings.headless()).isFalse();
    }

    @Test
    void aValueThatDoesNotFitNamesItsVariable() {
        assertRefused(BrowserSettings.WORKERS, "none");
        assertRefused(BrowserSettings.WORKERS, "0");
        assertRefused(BrowserSettings.LEAST_WORKERS, "0");
        assertRefused(BrowserSettings.MEMORY_LIMIT, "256");
        assertRefused(BrowserSettings.MEMORY_LIMIT, "1MB");
        assertRefused(BrowserSettings.SANDBOX, "maybe");
        assertRefused(EgressSettings.ALLOW, "localhost");
        assertRefused(EgressSettings.ALLOW, "10.0.0.0/8,10.0.0.0/99");
    }

    @Test
    void aMachineCarriesABrowserForEachCoreAsFarAsItsMemoryReaches() {
        assertThat(new MachineCapacity(2, 24 * GIGABYTE, false).browsers()).isEqualTo(2);
        assertThat(new MachineCapacity(8, 4 * GIGABYTE, false).browsers()).isEqualTo(6);
        assertThat(new MachineCapacity(4, 2 * GIGABYTE, false).browsers()).isEqualTo(2);
        assertThat(new MachineCapacity(1, GIGABYTE / 2, false).browsers()).isEqualTo(1);
    }

    private static void assertRefused(ConfigKey<?> key, String value) {
        assertThatThrownBy(() -> BrowserSettings.from(new Settings(Map.of(key.name(), value))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(key.variable());
    }

    /** A configuration of these values and nothing else. */
    private record Settings(Map<String, String> values) implements Config {

        Settings {
            values = new HashMap<>(values);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return (Optional<T>) Optional.ofNullable(values.get(name));
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow();
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> @Nullable T unwrap(Class<T> type) {
            return null;
        }
    }

    @Test
    void aRunThatSaysNothingOfAWindowGetsWhatTheServerIsSetTo() {
        BrowserOptions open = BrowserOptions.DEFAULT;
        BrowserOptions said = open.headlessUnlessSaid(true);

        assertThat(BrowserKind.of(open.headlessUnlessSaid(false)).headless()).isFalse();
        assertThat(BrowserKind.of(said.headlessUnlessSaid(false)).headless()).isTrue();
    }
}
