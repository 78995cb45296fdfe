// SPDX-License-Identifier: Apache-2.0
package dev.drover.reliability.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.job.control.SiteGuard;
import dev.drover.job.control.SiteGuard.Entry;
import dev.drover.reliability.entity.BreakerState;
import dev.drover.task.control.ErrorCategory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The breakers of a node that is not there, with what tests do with them. */
final class Sites {

    static final String SITE = "shop.example.com";
    static final String NAME = "site:" + SITE;
    static final Duration TOOK = Duration.ofSeconds(10);

    /** Without limits, so that only the breaker decides. */
    static final SiteThresholds BREAKER_ONLY = new SiteThresholds(50, 10, 20, Duration.ofSeconds(30), 3, 0, 0);

    final SteppedClock clock;
    final CountedMeters meters = new CountedMeters();
    final SiteBreakers breakers;

    Sites(SiteThresholds usual) {
        this(new SteppedClock(), usual, List.of(), 100);
    }

    Sites(SteppedClock clock, SiteThresholds usual, List<SiteRule> rules, int remembered) {
        this.clock = clock;
        this.breakers =
                new SiteBreakers(new SiteSettings(usual, rules, Duration.ofSeconds(5), remembered), meters, clock);
    }

    SiteGuard.Visit enter(String site) {
        Entry entry = breakers.enter(site);
        assertThat(entry).isInstanceOf(Entry.Granted.class);
        return ((Entry.Granted) entry).visit();
    }

    Entry.Later refused(String site) {
        Entry entry = breakers.enter(site);
        assertThat(entry).isInstanceOf(Entry.Later.class);
        return (Entry.Later) entry;
    }

    void succeed(int times) {
        for (int i = 0; i < times; i++) {
            enter(SITE).succeeded(TOOK);
        }
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            fail(enter(SITE));
        }
    }

    static void fail(SiteGuard.Visit visit) {
        visit.failed(ErrorCategory.HTTP_STATUS, "http_503", TOOK);
    }

    BreakerView view() {
        return breakers.find(NAME).orElseThrow();
    }

    BreakerState state() {
        return view().state();
    }

    /** What was counted, by words. */
    static final class CountedMeters extends SiteMeters {
        final List<String> counted = new ArrayList<>();

        @Override
        void refused(String code) {
            counted.add(code);
        }

        @Override
        void changed(BreakerState state) {
            counted.add(state.wireName());
        }
    }
}
