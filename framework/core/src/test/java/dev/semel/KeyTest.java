package dev.semel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §3, step 1: what a key looks like. */
class KeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {"abc ~ \"abc\"", "a\\b ~ \"a\\\\b\"", "a\"b ~ \"a\\\"b\"", "abc ~ `  abc\t`"})
    void quotedAndBareAreOneKey(String bare, String other) {
        assertThat(Key.parse(other)).isEqualTo(Key.parse(bare));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "a b",
                "\"a b\"",
                "ä",
                "\u0000",
                "a\u007f",
                "\"abc",
                "\"abc\"x",
                "\"a\\x\"",
                "\"a\\"
            })
    void malformedKeysAreRefused(String value) {
        assertThatThrownBy(() -> Key.parse(value)).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void lengthIsBounded() {
        assertThat(Key.of("k".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> Key.of("k".repeat(256))).isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void childrenDifferByNameAndParentAndAreKeysThemselves() {
        Key parent = Key.of("k".repeat(255));

        assertThat(parent.child("a")).isEqualTo(parent.child("a")).isNotEqualTo(parent.child("b"));
        assertThat(Key.of("x").child("a")).isNotEqualTo(parent.child("a"));
    }
}
