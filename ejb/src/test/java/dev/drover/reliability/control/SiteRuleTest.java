// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteRuleTest {

    private static final SiteThresholds USUAL = new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 8, 20);

    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com, true",
        "shop.example.com, shop.example.com:8080, true",
        "shop.example.com:8080, shop.example.com:8080, true",
        "shop.example.com:8080, shop.example.com, false",
        "shop.example.com, www.shop.example.com, false",
        "*.example.com, shop.example.com:443, true",
        "*.example.com, example.com, false",
        "*.example.com, badexample.com, false",
        "[::1], [::1]:9080, true",
        "127.0.0.1, 127.0.0.1:9080, true",
    })
    void aRuleCoversItsSites(String site, String name, boolean covered) {
        assertThat(SiteRule.parse(site + " probes=1").getFirst().covers(name)).isEqualTo(covered);
    }

    @Test
    void whatIsNotNamedStaysAsItIs() {
        SiteRule rule = SiteRule.parse(" Shop.example.com  failures=30 rate=0.5 , open=1.5 ;")
                .getFirst();

        assertThat(rule.over(USUAL)).isEqualTo(new SiteThresholds(30, 10, 20, Duration.ofMillis(1500), 3, 8, 0.5));
    }

    @Test
    void theFirstRuleThatCoversCounts() {
        SiteSettings settings = new SiteSettings(
                USUAL,
                SiteRule.parse("shop.example.com concurrency=1; *.example.com concurrency=2"),
                Duration.ZERO,
                10);

        assertThat(settings.of("shop.example.com").concurrency()).isEqualTo(1);
        assertThat(settings.of("www.example.com").concurrency()).isEqualTo(2);
        assertThat(settings.of("example.org").concurrency()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example.com", "concurrency=2", "shop speed=3", "shop concurrency", "shop open=soon"})
    void aRuleThatMakesNoSenseIsRefused(String text) {
        assertThatThrownBy(() -> SiteRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s calls=30", "s failures=0", "s probes=1.5", "s open=0", "s rate=-1", "s rate=NaN"})
    void aRuleThatDoesNotFitIsRefusedAtTheStart(String text) {
        List<SiteRule> rules = SiteRule.parse(text);

        assertThatThrownBy(() -> new SiteSettings(USUAL, rules, Duration.ZERO, 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
