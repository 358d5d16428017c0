package dev.semel.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.InvalidPayloadException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JacksonCodecTest {
    record Line(String text, int count, BigDecimal price) {
        Line {
            if (count < 0) {
                throw new IllegalArgumentException("must not be negative");
            }
        }
    }

    private final JacksonCodec codec = JacksonCodec.ofDefaults();

    private Line read(String json) {
        return codec.read(json.getBytes(StandardCharsets.UTF_8), Line.class);
    }

    @Test
    void readsWhatItWrote() {
        Line line = new Line("tea, 漢", 2, new BigDecimal("12345678901234567.89"));

        assertThat(codec.read(codec.write(line), Line.class)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"a\",\"count\":1,\"price\":1,\"extra\":0} | /extra",
                "{\"text\":7,\"count\":1,\"price\":1} | /text",
                "{\"text\":\"a\",\"count\":\"1\",\"price\":1} | /count",
                "{\"text\":\"a\",\"count\":1.5,\"price\":1} | /count",
                "{\"text\":\"a\",\"count\":null,\"price\":1} | /count",
                "{\"text\":\"a\",\"count\":99999999999,\"price\":1} | /count",
                "{\"text\":[],\"count\":1,\"price\":1} | /text",
            })
    void whatDoesNotFitIsRefusedWithItsPlace(String json, String pointer) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(InvalidPayloadException.class, e -> {
            assertThat(e.code()).isEqualTo("VALIDATION_FAILED");
            assertThat(e.errors()).extracting("pointer").containsExactly(pointer);
        });
    }

    @Test
    void ruleOfARecordBecomesAViolation() {
        assertThatThrownBy(() -> read("{\"text\":\"a\",\"count\":-1,\"price\":1}"))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        e -> assertThat(e.errors()).extracting("detail").containsExactly("must not be negative"));
    }

    @Test
    void nullAndArraysAreNoPayload() {
        assertThatThrownBy(() -> read("null")).isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> read("[]")).isInstanceOf(InvalidPayloadException.class);
    }
}
