package dev.semel.documents.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,0,9",
        "bytes=5-,5,9",
        "bytes=5-100,5,9",
        "bytes=-3,7,9",
        "bytes=-100,0,9",
        "'Bytes = 0-0',0,0",
    })
    void oneRangeIsThePartOfTheContent(String header, long first, long last) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-12", "bytes=-0", "bytes=999999999999999999-"})
    void rangeBehindTheEndIsBeyond(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Beyond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=3-2",
                "bytes=a-b",
                "lines=0-1",
                "bytes=0-1,3-4",
                "bytes=+1-2",
                "bytes=0-99999999999999999999999"
            })
    void whatIsNoSingleRangeIsTheWhole(String header) {
        assertThat(ByteRange.of(header, 10)).isEqualTo(new ByteRange.Whole());
    }

    @Test
    void emptyContentHasNoParts() {
        assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Beyond());
        assertThat(ByteRange.of("bytes=-1", 0)).isEqualTo(new ByteRange.Beyond());
    }
}
