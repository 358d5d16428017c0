package dev.semel.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.InvalidPayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §3, step 2: which spellings are one payload, which are two, and which are none. */
class CanonicalJsonTest {
    private final JacksonCodec codec = JacksonCodec.ofDefaults();

    private String canonical(String json) {
        return new String(codec.canonical(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2} | {\"b\":2,\"a\":1}",
                "{\"a\":[1,2]} | { \"a\" : [ 1 ,\t2 ] }",
                "10 | 10.0",
                "10 | 1e1",
                "10 | 1E+1",
                "10 | 100e-1",
                "0 | -0.00e7",
                "\"\\u0041\" | \"A\"",
                "\"\\/\" | \"/\"",
                "{\"n\":{\"b\":0.10,\"a\":null}} | {\"n\":{\"a\":null,\"b\":1e-1}}",
            })
    void spellingsOfOneValueAreOnePayload(String one, String other) {
        assertThat(canonical(other)).isEqualTo(canonical(one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":10000000000000001} | {\"a\":10000000000000002}",
                "{\"a\":0.12345678901234567} | {\"a\":0.12345678901234568}",
                "{\"a\":null} | {}",
                "\"10\" | 10",
                "[1,2] | [2,1]",
                "1 | -1",
                "{} | []",
                "[[1],2] | [1,[2]]",
                "\"é\" | \"e\u0301\"",
                "true | \"true\"",
            })
    void differentValuesAreTwoPayloads(String one, String other) {
        assertThat(canonical(other)).isNotEqualTo(canonical(one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"o\":{\"a\":1,\"a\":2}}",
                "\"\\ud800\"",
                "\"\\ud800x\"",
                "\"\\udc00\\ud800\"",
                "\"\\u0000\"",
                "{\"\\u0000\":1}",
                "1e100000000",
                "-1e-100000000",
                "1e999999999999999999999",
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "'a'",
                "{a:1}",
                "[1,]",
                "[1] [2]",
                "/* c */ 1",
                "nul",
            })
    void whatIsNotSoundJsonIsRefused(String json) {
        assertThatThrownBy(() -> canonical(json))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class, e -> assertThat(e.code()).isEqualTo("MALFORMED_JSON"));
    }

    @Test
    void depthOfAThousandIsRefused() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);

        assertThatThrownBy(() -> canonical(deep)).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0xAF, '"'};

        assertThatThrownBy(() -> codec.canonical(overlong)).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void bodyOverTheLimitIsTooLarge() {
        JacksonCodec small = JacksonCodec.of(JsonLimits.ofDefaults().withMaxBytes(100));

        assertThatThrownBy(() -> small.canonical(("\"" + "a".repeat(100) + "\"").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class, e -> assertThat(e.code()).isEqualTo("PAYLOAD_TOO_LARGE"));
    }

    @Test
    void hostileDocumentsCostNoMoreThanTheirSize() {
        String numbers = "[" + "1e100,".repeat(150_000) + "1]";
        String names = "{" + "\"a\":".repeat(1) + "[" + "{},".repeat(200_000) + "{}]}";
        String nested = "[".repeat(60) + "9".repeat(100) + "]".repeat(60);

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            canonical(numbers);
            canonical(names);
            canonical(nested);
        });
    }

    @Test
    void errorsNameThePlaceAndNotTheContent() {
        assertThatThrownBy(() -> canonical("{\"iban\": SECRET}"))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("SECRET");
    }

    /** In both directions: an operation may take more than the codec takes otherwise, and less. */
    @Test
    void limitOfAnOperationTakesThePlaceOfTheCodecs() {
        JacksonCodec codec = JacksonCodec.of(JsonLimits.ofDefaults().withMaxBytes(100));
        byte[] large = ("{\"text\":\"" + "x".repeat(5_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(codec.canonical(large, large.length)).isEqualTo(large);
        assertThatThrownBy(() -> codec.canonical(large, large.length - 1))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class, e -> assertThat(e.code()).isEqualTo("PAYLOAD_TOO_LARGE"));
        assertThatThrownBy(() -> codec.canonical(large))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class, e -> assertThat(e.code()).isEqualTo("PAYLOAD_TOO_LARGE"));
    }
}
