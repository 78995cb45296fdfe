// SPDX-License-Identifier: Apache-2.0
package dev.drover.browser.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedLogTest {

    private record Word(String text) implements BoundedLog.Line {
        @Override
        public int weight() {
            return text.length();
        }
    }

    @Test
    void theOldestLinesMakePlaceForNewOnes() {
        BoundedLog<Word> log = new BoundedLog<>(2, 100);
        log.add(new Word("a"));
        log.add(new Word("b"));
        log.add(new Word("c"));

        assertThat(log.lines()).containsExactly(new Word("b"), new Word("c"));
        assertThat(log.dropped()).isEqualTo(1);
        assertThat(log.seen()).isEqualTo(3);
    }

    @Test
    void muchTextMakesPlaceTooButTheLastLineStays() {
        BoundedLog<Word> log = new BoundedLog<>(10, 5);
        log.add(new Word("123"));
        log.add(new Word("456"));
        log.add(new Word("much too long"));

        assertThat(log.lines()).containsExactly(new Word("much too long"));
    }
}
