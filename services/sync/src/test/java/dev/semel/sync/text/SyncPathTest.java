package dev.semel.sync.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncPathTest {
    static SyncPath path(String text) {
        return SyncPath.parse(text).orElseThrow(refusal -> new IllegalArgumentException(text + ": " + refusal));
    }

    private static PathRule rule(String text) {
        Refusal refusal = SyncPath.parse(text).refusal().orElseThrow(() -> new AssertionError("taken: " + text));
        assertThat(refusal.code()).isEqualTo("PATH_INVALID");
        assertThat(refusal.detail()).endsWith(".");
        return PathRule.valueOf(refusal.rule());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.md",
                "docs/guide/a.md",
                ".github/workflows/ci.md",
                ".gitignore",
                ".gitattributes",
                ".git-notes/a.md",
                "git/a.md",
                "a~1.md",
                ".semelrc",
                "semel/a.md",
                "con-notes.md",
                "console.md",
                "com10.md",
                "compare/com.md",
                "lpt.md",
                "null.md",
                "auxiliary",
                " leading.md",
                "a  b.md",
                "...a",
                "..a",
                ".a",
                "a..b",
                "'quoted'.md",
                "100%.md",
                "a&b;c.md",
                "#1 (draft) [x] {y} + = , @ ! $ ^ ~ `.md",
                "Straße.md",
                "ÅÄÖ.md",
                "日本語/ファイル.md",
                "naïve.md",
                "عربي.md",
                "हिन्दी.md",
                "한국어.md",
                "😀.md",
                "\u26A0\uFE0F warning.md",
                "İstanbul.md",
                "a\u00A0b.md",
                "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z/1/2/3/4/5/6"
            })
    void takesWhatEveryDiskCanHold(String text) {
        assertThat(path(text).text()).isEqualTo(text).isEqualTo(path(text).toString());
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of("", PathRule.EMPTY),
                Arguments.of("/", PathRule.ABSOLUTE),
                Arguments.of("/etc/passwd", PathRule.ABSOLUTE),
                Arguments.of("//server/share/a", PathRule.UNC),
                Arguments.of("\\\\server\\share", PathRule.UNC),
                Arguments.of("\\\\?\\C:\\a", PathRule.UNC),
                Arguments.of("C:", PathRule.DRIVE),
                Arguments.of("C:/a", PathRule.DRIVE),
                Arguments.of("c:a", PathRule.DRIVE),
                Arguments.of("a\\b", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a\\..\\b", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a:b", PathRule.DRIVE),
                Arguments.of("ab:c", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a.md::$DATA", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of(".git::$INDEX_ALLOCATION/config", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a*", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a?", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("\"a\"", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("<a", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a>", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a|b", PathRule.FORBIDDEN_CHARACTER),
                Arguments.of("a//b", PathRule.EMPTY_SEGMENT),
                Arguments.of("a/", PathRule.EMPTY_SEGMENT),
                Arguments.of(".", PathRule.DOT_SEGMENT),
                Arguments.of("..", PathRule.DOT_SEGMENT),
                Arguments.of("../a", PathRule.DOT_SEGMENT),
                Arguments.of("a/../../b", PathRule.DOT_SEGMENT),
                Arguments.of("a/./b", PathRule.DOT_SEGMENT),
                Arguments.of("a/..", PathRule.DOT_SEGMENT),
                Arguments.of("...", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of("a.", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of("a ", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of("a. /b", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of(".. /b", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of(" ", PathRule.TRAILING_DOT_OR_SPACE),
                Arguments.of("a\0b", PathRule.CONTROL),
                Arguments.of("a\nb", PathRule.CONTROL),
                Arguments.of("a\tb", PathRule.CONTROL),
                Arguments.of("a\u007Fb", PathRule.CONTROL),
                Arguments.of("a\u0085b", PathRule.CONTROL),
                Arguments.of("a\u2028b", PathRule.CONTROL),
                Arguments.of("a\u2029b", PathRule.CONTROL),
                Arguments.of("a\u061Cb", PathRule.BIDI),
                Arguments.of("a\u200Eb", PathRule.BIDI),
                Arguments.of("a\u200Fb", PathRule.BIDI),
                Arguments.of("a\u202Egpj.md", PathRule.BIDI),
                Arguments.of("a\u2066b", PathRule.BIDI),
                Arguments.of("a\u2069b", PathRule.BIDI),
                Arguments.of("a\u200Bb", PathRule.ZERO_WIDTH),
                Arguments.of("a\u200Cb", PathRule.ZERO_WIDTH),
                Arguments.of("a\u200Db", PathRule.ZERO_WIDTH),
                Arguments.of("a\u2060b", PathRule.ZERO_WIDTH),
                Arguments.of("\uFEFFa", PathRule.ZERO_WIDTH),
                Arguments.of("a\u00ADb", PathRule.ZERO_WIDTH),
                Arguments.of("a\u180Eb", PathRule.ZERO_WIDTH),
                Arguments.of("a\u3164b", PathRule.ZERO_WIDTH),
                Arguments.of("a\uFFF9b", PathRule.ZERO_WIDTH),
                Arguments.of("a\uDB40\uDC41b", PathRule.ZERO_WIDTH),
                Arguments.of("a\uDB40\uDD00b", PathRule.ZERO_WIDTH),
                Arguments.of(".g\u200Cit/config", PathRule.ZERO_WIDTH),
                Arguments.of(".gi\u206At/config", PathRule.ZERO_WIDTH),
                Arguments.of("a\uD800b", PathRule.NOT_UNICODE),
                Arguments.of("a\uDC00", PathRule.NOT_UNICODE),
                Arguments.of("a\uFFFFb", PathRule.NOT_UNICODE),
                Arguments.of("a\u0378b", PathRule.NOT_UNICODE),
                Arguments.of("a\uF03Ab", PathRule.NOT_UNICODE),
                Arguments.of("a\u0308.md", PathRule.NOT_NFC),
                Arguments.of("\u212B.md", PathRule.NOT_NFC),
                Arguments.of("con", PathRule.DEVICE_NAME),
                Arguments.of("CON.md", PathRule.DEVICE_NAME),
                Arguments.of("a/Nul.tar.gz", PathRule.DEVICE_NAME),
                Arguments.of("aux/a.md", PathRule.DEVICE_NAME),
                Arguments.of("prn .txt", PathRule.DEVICE_NAME),
                Arguments.of("COM0", PathRule.DEVICE_NAME),
                Arguments.of("com1.md", PathRule.DEVICE_NAME),
                Arguments.of("LPT9", PathRule.DEVICE_NAME),
                Arguments.of("com\u00B9", PathRule.DEVICE_NAME),
                Arguments.of("LPT\u00B2.md", PathRule.DEVICE_NAME),
                Arguments.of("lpt\u00B3", PathRule.DEVICE_NAME),
                Arguments.of("CONIN$", PathRule.DEVICE_NAME),
                Arguments.of("conout$.md", PathRule.DEVICE_NAME),
                Arguments.of(".git", PathRule.GIT_FOLDER),
                Arguments.of("a/.GIT/hooks", PathRule.GIT_FOLDER),
                Arguments.of(".Git/config", PathRule.GIT_FOLDER),
                Arguments.of("GIT~1/config", PathRule.GIT_FOLDER),
                Arguments.of("git~2", PathRule.GIT_FOLDER),
                Arguments.of(".git\uFE0F/config", PathRule.GIT_FOLDER),
                Arguments.of(".semel/state.json", PathRule.STATE_FOLDER),
                Arguments.of("a/.SEMEL", PathRule.STATE_FOLDER),
                Arguments.of(".\u017Femel", PathRule.STATE_FOLDER),
                Arguments.of("semel~1/a", PathRule.STATE_FOLDER),
                Arguments.of("a".repeat(256), PathRule.SEGMENT_TOO_LONG),
                Arguments.of("é".repeat(128), PathRule.SEGMENT_TOO_LONG),
                Arguments.of("a/".repeat(600), PathRule.TOO_LONG),
                Arguments.of(("é".repeat(100) + "/").repeat(6) + "a", PathRule.TOO_LONG),
                Arguments.of("a/".repeat(32) + "a", PathRule.TOO_DEEP));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatSomeDiskCannotHoldOrTakesForSomethingElse(String text, PathRule rule) {
        assertThat(rule(text)).isEqualTo(rule);
    }

    @Test
    void everyRuleHasACase() {
        assertThat(refused()).extracting(arguments -> arguments.get()[1]).contains((Object[]) PathRule.values());
    }

    @Test
    void takesTheLargestAndNothingBeyond() {
        String name = "a".repeat(255);
        String largest = name + "/" + name + "/" + name + "/" + name + "/";

        assertThat(path(name).text()).hasSize(255);
        assertThat(path(largest.substring(0, 1023)).text()).hasSize(1023);
        assertThat(path("a/".repeat(31) + "a").ancestorKeys()).hasSize(31);
        assertThat(path("é".repeat(127) + "a").text()).hasSize(128);
    }

    @Test
    void hugeInputIsNotLookedAt() {
        String huge = "\u0308".repeat(50_000_000);
        long start = System.nanoTime();

        assertThat(rule(huge)).isEqualTo(PathRule.TOO_LONG);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "Straße.md, STRASSE.MD",
        "ὈΔΥΣΣΕΎΣ, ὀδυσσεύς",
        "ΣΑΣ, σας",
        "ΣΑΣ, σασ",
        "ﬁle.md, FILE.md",
        "İ.md, i\u0307.md",
        "ÅSE, åse",
        "Ǆ, ǆ",
        "ŉ, ʼN",
        "ᾳ, ΑΙ",
        "Ⅷ, ⅷ",
        "Ꮳ, ꮳ"
    })
    void oneKeyForWhatDiffersInCaseOnly(String one, String other) {
        assertThat(path(one).key())
                .isEqualTo(
                        path(Normalizer.normalize(other, Normalizer.Form.NFC)).key());
        assertThat(path(one)).isNotEqualTo(path(Normalizer.normalize(other, Normalizer.Form.NFC)));
    }

    @ParameterizedTest
    @CsvSource({"ı.md, i.md", "İ.md, i.md", "é.md, e.md", "Ä.md, Ae.md", "²,2", "ａ, a", "а, a"})
    void differentKeysForDifferentNames(String one, String other) {
        assertThat(path(one).key()).isNotEqualTo(path(other).key());
    }

    @Test
    void theLooksOfAnEmojiMakeNoOtherName() {
        assertThat(path("\u26A0\uFE0F.md").key())
                .isEqualTo(path("\u26A0.md").key())
                .isEqualTo(path("\u26A0\uFE0E.md").key());
    }

    @Test
    void aFileIsNoFolder() {
        assertThat(path("a.md").collision(path("A.MD/b.md"))).contains(PathCollision.FILE_AND_FOLDER);
        assertThat(path("a/B/c.md").collision(path("A/b"))).contains(PathCollision.FILE_AND_FOLDER);
        assertThat(path("a.md").collision(path("a.mdx/b.md"))).isEmpty();
        assertThat(path("a.md").collision(path("A.md"))).contains(PathCollision.SAME_KEY);
        assertThat(path("a.md").collision(path("a.md"))).contains(PathCollision.SAME_PATH);
        assertThat(path("X/Straße/c.md").ancestorKeys()).containsExactly("x", "x/strasse");
        assertThat(path("Straße").descendantPrefix()).isEqualTo("strasse/");
        assertThat(path("a").ancestorKeys()).isEmpty();
    }

    @Test
    void namesEveryPathOfASetThatHasToMove() {
        SyncPath file = path("docs/a");
        SyncPath below = path("Docs/A/b.md");
        SyncPath again = path("docs/A");

        assertThat(PathCollisions.among(List.of(file, below, again, path("docs/c"))))
                .containsExactlyInAnyOrder(
                        new PathCollisions.Pair(again, file, PathCollision.SAME_KEY),
                        new PathCollisions.Pair(below, file, PathCollision.FILE_AND_FOLDER));
        assertThat(PathCollisions.among(List.of(path("a/b"), path("a/c"), path("b"))))
                .isEmpty();
    }

    @Test
    void ordersByBytes() {
        assertThat(List.of(path("\uD83D\uDE00"), path("\uFF5E"), path("b"), path("a/b"), path("a")).stream()
                        .sorted())
                .extracting(SyncPath::text)
                .containsExactly("a", "a/b", "b", "\uFF5E", "\uD83D\uDE00");
    }
}
