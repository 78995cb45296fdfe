// SPDX-License-Identifier: Apache-2.0
package dev.drover.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static final long SIZE = 1000;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-499, 0, 499",
        "bytes=500-, 500, 999",
        "bytes=500-5000, 500, 999",
        "bytes=-1, 999, 999",
        "bytes=-5000, 0, 999",
    })
    void aPartIsCutToTheFile(String header, long first, long last) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0"})
    void aPartBeyondTheFileIsOutside(String header) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(new ByteRange.Outside());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=-",
                "bytes=5-1",
                "bytes=0-1,5-6",
                "lines=0-1",
                "bytes=a-b",
                "bytes=0-99999999999999999999"
            })
    void whatIsNoSingleRangeMeansTheWhole(String header) {
        assertThat(ByteRange.of(header, SIZE)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void noHeaderMeansTheWhole() {
        assertThat(ByteRange.of(null, SIZE)).isEqualTo(new ByteRange.Whole());
    }
}
