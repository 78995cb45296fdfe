// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static dev.drover.reliability.control.Sites.BREAKER_ONLY;
import static dev.drover.reliability.control.Sites.NAME;
import static dev.drover.reliability.control.Sites.SITE;
import static dev.drover.reliability.control.Sites.TOOK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.control.SiteGuard.Entry;
import dev.drover.job.control.SiteGuard.Visit;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteBreakersTest {

    private final Sites sites = new Sites(BREAKER_ONLY);

    @Test
    void aSiteThatFailsHalfOfTenVisitsIsLeftAloneForThirtySeconds() {
        sites.succeed(5);
        sites.fail(4);
        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);

        sites.fail(1);

        Instant retryAt = sites.clock.instant().plusSeconds(30);
        assertThat(sites.view().retryAt()).isEqualTo(retryAt);
        assertThat(sites.view().failureRate()).isEqualTo(0.5);
        Entry.Later later = sites.refused(SITE);
        assertThat(later.at()).isEqualTo(retryAt);
        assertThat(later.code()).isEqualTo("breaker_open");
    }

    @Test
    void aFewFailuresInManyVisitsAreNothing() {
        sites.succeed(15);
        sites.fail(5);
        sites.succeed(20);
        sites.fail(9);

        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void otherSitesAreNotTouched() {
        sites.fail(10);

        sites.enter("other.example.com").succeeded(TOOK);
        sites.enter(SITE + ":8080").succeeded(TOOK);
    }

    @Test
    void aReceiverOfWebhooksHasABreakerOfItsOwnAndDoesNotCountAsASite() {
        for (int i = 0; i < 10; i++) {
            ((Entry.Granted) sites.breakers.enterReceiver(SITE))
                    .visit()
                    .failed(ErrorCategory.NETWORK, "connection", TOOK);
        }

        assertThat(sites.breakers.enterReceiver(SITE)).isInstanceOf(Entry.Later.class);
        assertThat(sites.breakers.find("webhook:" + SITE).orElseThrow().state()).isEqualTo(BreakerState.OPEN);
        sites.enter(SITE).succeeded(TOOK);
        assertThat(sites.breakers.count()).isEqualTo(new SiteBreakers.Count(1, 0));
    }

    @Test
    void namesAreTheSameInAnyCase() {
        sites.fail(10);

        assertThat(sites.refused("SHOP.Example.com").code()).isEqualTo("breaker_open");
    }

    @Test
    void afterItsTimeSomeProbesGoAndCloseIt() {
        sites.fail(10);
        sites.clock.step(Duration.ofSeconds(30));

        List<Visit> probes = List.of(sites.enter(SITE), sites.enter(SITE), sites.enter(SITE));
        assertThat(sites.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(sites.refused(SITE).at()).isAfter(sites.clock.instant());
        probes.forEach(probe -> probe.succeeded(TOOK));

        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(sites.view().openedAt()).isNull();
        assertThat(sites.meters.counted).containsExactly("open", "half_open", "breaker_open", "closed");
    }

    @Test
    void probesThatFailOpenItAgain() {
        sites.fail(10);
        sites.clock.step(Duration.ofSeconds(31));

        sites.fail(3);

        assertThat(sites.state()).isEqualTo(BreakerState.OPEN);
        assertThat(sites.view().retryAt()).isEqualTo(sites.clock.instant().plusSeconds(30));
    }

    @Test
    void aProbeThatSaysNothingMakesRoomForAnother() {
        sites.fail(10);
        sites.clock.step(Duration.ofSeconds(30));

        for (int i = 0; i < 10; i++) {
            sites.enter(SITE).dropped();
        }

        assertThat(sites.state()).isEqualTo(BreakerState.HALF_OPEN);
        sites.succeed(3);
        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void probesThatDoNotComeBackAreGivenUp() {
        sites.fail(10);
        sites.clock.step(Duration.ofSeconds(30));
        List<Visit> hung = List.of(sites.enter(SITE), sites.enter(SITE), sites.enter(SITE));

        sites.clock.step(SiteBreaker.PROBE_PATIENCE);
        sites.succeed(3);
        hung.forEach(Sites::fail);

        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(sites.view().calls()).isZero();
        assertThat(sites.view().running()).isZero();
    }

    @Test
    void aVisitFromBeforeItOpenedDecidesNothingAfterwards() {
        List<Visit> slow = List.of(sites.enter(SITE), sites.enter(SITE), sites.enter(SITE));
        sites.fail(10);
        sites.clock.step(Duration.ofSeconds(30));
        Visit probe = sites.enter(SITE);

        slow.get(0).succeeded(TOOK);
        slow.get(1).dropped();
        Sites.fail(slow.get(2));

        assertThat(sites.view().calls()).isZero();
        sites.enter(SITE);
        sites.enter(SITE);
        assertThat(sites.refused(SITE).code()).isEqualTo("breaker_open");
        probe.succeeded(TOOK);
    }

    @Test
    void aVisitEndsOnce() {
        Visit visit = sites.enter(SITE);

        visit.dropped();
        Sites.fail(visit);
        visit.succeeded(TOOK);

        assertThat(sites.view().running()).isZero();
        assertThat(sites.view().calls()).isZero();
    }

    @Test
    void whatIsTheJobsOwnFaultIsNotHeldAgainstTheSite() {
        for (int i = 0; i < 20; i++) {
            sites.enter(SITE).failed(ErrorCategory.INVALID_INPUT, "invalid_input", TOOK);
            sites.enter(SITE).failed(ErrorCategory.HTTP_STATUS, "http_404", TOOK);
            sites.enter(SITE).failed(ErrorCategory.TIMEOUT, "navigation_timeout", Duration.ofSeconds(1));
        }

        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(sites.view().calls()).as("the site answered 404").isEqualTo(20);
        assertThat(sites.view().failureRate()).isZero();
    }

    @Test
    void soManyVisitsGoToASiteAtOnce() {
        Sites polite = new Sites(new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 2, 0));
        Visit first = polite.enter(SITE);
        polite.enter(SITE);

        assertThat(polite.refused(SITE).code()).isEqualTo("site_busy");
        polite.enter("other.example.com");

        first.dropped();
        polite.enter(SITE);
    }

    @Test
    void soManyVisitsBeginInASecond() {
        Sites polite = new Sites(new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 0, 4));
        polite.succeed(4);

        Entry.Later later = polite.refused(SITE);

        assertThat(later.code()).isEqualTo("site_busy");
        assertThat(later.at()).isEqualTo(polite.clock.instant().plusMillis(250));
        polite.clock.step(Duration.ofMillis(250));
        polite.succeed(1);
        polite.refused(SITE);
        polite.clock.step(Duration.ofSeconds(60));
        polite.succeed(4);
        polite.refused(SITE);
    }

    @Test
    void whoIsSentAwayComesBackOneAfterTheOther() {
        Sites polite = new Sites(new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 0, 4));
        polite.succeed(2);
        polite.clock.step(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            Sites.fail(polite.enter(SITE));
        }
        polite.clock.step(Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            Sites.fail(polite.enter(SITE));
        }
        Instant retryAt = polite.clock.instant().plusSeconds(30);
        assertThat(polite.view().retryAt()).isEqualTo(retryAt);

        assertThat(polite.refused(SITE).at()).isEqualTo(retryAt);
        assertThat(polite.refused(SITE).at()).isEqualTo(retryAt.plusMillis(250));
        assertThat(polite.refused(SITE).at()).isEqualTo(retryAt.plusMillis(500));
    }

    @Test
    void aSiteHasItsOwnThresholds() {
        List<SiteRule> rules = SiteRule.parse("shop.example.com calls=2, open=5; *.example.com concurrency=1");
        Sites ruled = new Sites(new SteppedClock(), BREAKER_ONLY, rules, 100);

        ruled.fail(2);

        assertThat(ruled.view().retryAt()).isEqualTo(ruled.clock.instant().plusSeconds(5));
        ruled.enter("other.example.com:8443");
        assertThat(ruled.refused("other.example.com:8443").code()).isEqualTo("site_busy");
    }

    @Test
    void onlySoManySitesAreRememberedAndThoseThatMatterLongest() {
        Sites few = new Sites(new SteppedClock(), BREAKER_ONLY, List.of(), 10);
        few.fail(10);
        Visit going = few.enter("going.example.com");

        for (int i = 0; i < 1000; i++) {
            few.enter("host-" + i + ".example.com").succeeded(TOOK);
        }

        assertThat(few.breakers.list()).hasSize(10);
        assertThat(few.state()).isEqualTo(BreakerState.OPEN);
        assertThat(few.breakers.find("site:going.example.com")).isPresent();
        going.dropped();
    }

    @Test
    void openBreakersDoNotFillTheMemoryEither() {
        Sites few = new Sites(new SteppedClock(), BREAKER_ONLY, List.of(), 10);
        for (int i = 0; i < 100; i++) {
            for (int call = 0; call < 10; call++) {
                Sites.fail(few.enter("host-" + i + ".example.com"));
            }
        }

        assertThat(few.breakers.list()).hasSize(10);
        assertThat(few.breakers.find("site:host-99.example.com")).isPresent();
    }

    @Test
    void anOpenBreakerIsForgottenWhenNobodyComesAnyMore() {
        sites.fail(10);
        sites.clock.step(Duration.ofMinutes(10));
        sites.breakers.forgetUnvisited();
        assertThat(sites.state()).isEqualTo(BreakerState.OPEN);

        sites.clock.step(Duration.ofSeconds(1));
        sites.breakers.forgetUnvisited();

        assertThat(sites.breakers.find(NAME)).isEmpty();
    }

    @Test
    void aNameThatNoHostHasIsTheBrowsersMatter() {
        sites.enter("x".repeat(5000)).succeeded(TOOK);
        sites.enter("").succeeded(TOOK);
        sites.enter("a\nb").succeeded(TOOK);

        assertThat(sites.breakers.list()).isEmpty();
    }

    @Test
    void aClockThatIsPutBackKeepsNobodyWaiting() {
        sites.fail(10);
        sites.clock.step(Duration.ofHours(-5));

        assertThat(sites.refused(SITE).at()).isEqualTo(sites.clock.instant().plusSeconds(30));
        sites.clock.step(Duration.ofSeconds(30));
        sites.succeed(3);

        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aResetForgetsWhatWasCounted() {
        sites.fail(9);

        sites.breakers.resetHere(NAME, sites.clock.instant());

        sites.fail(9);
        assertThat(sites.state()).isEqualTo(BreakerState.CLOSED);
    }
}
