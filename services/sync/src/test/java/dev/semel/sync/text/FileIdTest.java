package dev.semel.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileIdTest {
    static FileId id(String text) {
        return FileId.parse(text).value().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test",
                "test-file",
                "a",
                "0",
                "A.b_c~d-e",
                "550e8400-e29b-41d4-a716-446655440000",
                "..",
                "sync-a"
            })
    void standsInItsJrnAsItIs(String text) {
        assertThat(id(text).jrn()).isEqualTo("jrn:/global:docs:article/sync-" + text);
        assertThat(FileId.ofJrn(id(text).jrn())).contains(id(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a:b", "a%20b", "é", "a\n", "a\0", "../a", "a?b", "\uD83D\uDE00"})
    void refusesWhatWouldBeReadOtherwiseInAJrn(String text) {
        Refusal refusal = FileId.parse(text).refusal().orElseThrow();

        assertThat(refusal.code()).isEqualTo("FILE_ID_INVALID");
        assertThat(FileId.ofJrn(FileId.JRN_PREFIX + text)).isEmpty();
    }

    @Test
    void hasAtMost128Characters() {
        assertThat(FileId.parse("a".repeat(128)).value()).isPresent();
        assertThat(FileId.parse("a".repeat(129)).value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jrn:/global:docs:article/regular-article",
                "jrn:/global:docs:article/sync",
                "JRN:/global:docs:article/sync-a",
                "sync-a",
                ""
            })
    void otherArticlesAreNoFiles(String jrn) {
        assertThat(FileId.ofJrn(jrn)).isEmpty();
    }
}
