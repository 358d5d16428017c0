package dev.semel.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.sync.merge.Merged.Source;
import dev.semel.sync.text.ContentBytes;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThreeWayMergeTest {
    static ContentBytes content(String text) {
        return ContentBytes.ofText(text).orElseThrow(refusal -> new IllegalArgumentException(refusal.toString()));
    }

    static Merged merge(String base, String main, String incoming) {
        return ThreeWayMerge.merge(content(base), content(main), content(incoming));
    }

    private static String clean(String base, String main, String incoming) {
        Merged merged = merge(base, main, incoming);
        assertThat(merged).isInstanceOf(Merged.Clean.class);
        return ((Merged.Clean) merged).content().text();
    }

    private static List<Hunk> hunks(String base, String main, String incoming) {
        return ((Merged.Conflicted) merge(base, main, incoming)).hunks();
    }

    private static Hunk hunk(String key, int... ranges) {
        return new Hunk(
                Optional.of(key).filter(name -> !name.isEmpty()),
                new LineRange(ranges[0], ranges[1]),
                new LineRange(ranges[2], ranges[3]),
                new LineRange(ranges[4], ranges[5]));
    }

    static List<Arguments> merges() {
        return List.of(
                Arguments.of("far edits", "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"),
                Arguments.of(
                        "insert and delete",
                        "a\nb\nc\nd\ne\n",
                        "a\nx\nb\nc\nd\ne\n",
                        "a\nb\nc\ne\n",
                        "a\nx\nb\nc\ne\n"),
                Arguments.of("the same edit and another", "a\nb\nc\n", "A\nb\nc\n", "A\nb\nC\n", "A\nb\nC\n"),
                Arguments.of("the end without a newline", "a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n"),
                Arguments.of(
                        "other keys",
                        "---\na: 1\nb: 2\n---\nx\n",
                        "---\na: 9\nb: 2\n---\nx\n",
                        "---\na: 1\nb: 8\n---\nx\n",
                        "---\na: 9\nb: 8\n---\nx\n"),
                Arguments.of(
                        "keys added at one place",
                        "---\na: 1\n---\n",
                        "---\na: 1\nb: 2\n---\n",
                        "---\na: 1\nc: 3\n---\n",
                        "---\na: 1\nb: 2\nc: 3\n---\n"),
                Arguments.of(
                        "key deleted, other changed",
                        "---\na: 1\nb: 2\n---\n",
                        "---\nb: 2\n---\n",
                        "---\na: 1\nb: 3\n---\n",
                        "---\nb: 3\n---\n"),
                Arguments.of(
                        "front matter and body",
                        "---\na: 1\n---\nx\n",
                        "---\na: 2\n---\nx\n",
                        "---\na: 1\n---\ny\n",
                        "---\na: 2\n---\ny\n"),
                Arguments.of(
                        "front matter added, first line changed",
                        "x\ny\n",
                        "---\na: 1\n---\nx\ny\n",
                        "X\ny\n",
                        "---\na: 1\n---\nX\ny\n"),
                Arguments.of(
                        "front matter added twice",
                        "x\n",
                        "---\na: 1\n---\nx\n",
                        "---\nb: 1\n---\nx\n",
                        "---\na: 1\nb: 1\n---\nx\n"),
                Arguments.of(
                        "front matter deleted, body changed",
                        "---\na: 1\n---\nx\n",
                        "x\n",
                        "---\na: 1\n---\ny\n",
                        "y\n"),
                Arguments.of(
                        "front matter deleted, key added",
                        "---\na: 1\n---\nx\n",
                        "x\n",
                        "---\na: 1\nb: 2\n---\nx\n",
                        "---\nb: 2\n---\nx\n"),
                Arguments.of(
                        "keys moved, other changed",
                        "---\na: 1\nb: 2\n---\n",
                        "---\nb: 2\na: 1\n---\n",
                        "---\na: 3\nb: 2\n---\n",
                        "---\nb: 2\na: 3\n---\n"),
                Arguments.of(
                        "other changed, keys moved",
                        "---\na: 1\nb: 2\n---\n",
                        "---\na: 3\nb: 2\nc: 0\n---\n",
                        "---\nb: 2\na: 1\n---\n",
                        "---\nb: 2\nc: 0\na: 3\n---\n"),
                Arguments.of(
                        "lists, blocks, comments and quotes stay as they are",
                        "---\n# who\nauthor: 'A'\ntags:\n- x\n- y\ntext: |\n  one\n\n  two\n\"q k\": {a: 1}\n# end\n---\nx\n",
                        "---\n# who\nauthor: 'B'\ntags:\n- x\n- y\ntext: |\n  one\n\n  two\n\"q k\": {a: 1}\n# end\n---\nx\n",
                        "---\n# who\nauthor: 'A'\ntags:\n- x\n- z\ntext: |\n  one\n\n  three\n\"q k\": {a: 1}\n# end\n---\nx\n",
                        "---\n# who\nauthor: 'B'\ntags:\n- x\n- z\ntext: |\n  one\n\n  three\n\"q k\": {a: 1}\n# end\n---\nx\n"),
                Arguments.of(
                        "a fence at the end",
                        "---\na: 1\n---",
                        "---\na: 2\n---",
                        "---\na: 1\n---\nx\n",
                        "---\na: 2\n---\nx\n"),
                Arguments.of(
                        "a line of Markdown is no fence",
                        "---\nx\ny\nz\n",
                        "---\nX\ny\nz\n",
                        "---\nx\ny\nZ\n",
                        "---\nX\ny\nZ\n"),
                Arguments.of(
                        "unclear front matter, by lines",
                        "---\n? a\n: b\nc: 1\nd: 2\n---\n",
                        "---\n? A\n: b\nc: 1\nd: 2\n---\n",
                        "---\n? a\n: b\nc: 1\nd: 3\n---\n",
                        "---\n? A\n: b\nc: 1\nd: 3\n---\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("merges")
    void mergesWhatDoesNotTouch(String name, String base, String main, String incoming, String merged) {
        assertThat(clean(base, main, incoming)).isEqualTo(merged);
        assertThat(merge(base, incoming, main)).isInstanceOf(Merged.Clean.class);
        assertThat(((Merged.Clean) merge(base, main, incoming)).source()).isEqualTo(Source.BOTH);
    }

    static List<Arguments> conflicts() {
        return List.of(
                Arguments.of("one line twice", "a\nb\nc\n", "a\nB\nc\n", "a\nX\nc\n", hunk("", 2, 1, 2, 1, 2, 1)),
                Arguments.of("neighbours", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nC\n", hunk("", 2, 2, 2, 2, 2, 2)),
                Arguments.of(
                        "two inserts at one place", "a\nb\n", "a\nx\nb\n", "a\ny\nz\nb\n", hunk("", 2, 0, 2, 1, 2, 2)),
                Arguments.of("edit and delete", "a\nb\nc\n", "a\nc\n", "a\nX\nc\n", hunk("", 2, 1, 2, 0, 2, 1)),
                Arguments.of("all deleted and edit", "a\nb\n", "", "a\nX\n", hunk("", 1, 2, 1, 0, 1, 2)),
                Arguments.of(
                        "one key twice",
                        "---\na: 1\nb: 1\n---\nx\n",
                        "---\na: 1\nb: 2\n---\nx\n",
                        "---\na: 1\nb: 3\n---\nx\n",
                        hunk("b", 3, 1, 3, 1, 3, 1)),
                Arguments.of(
                        "key changed and deleted",
                        "---\na: 1\nb: 1\n---\n",
                        "---\na: 1\nb: 2\n---\n",
                        "---\na: 1\n---\n",
                        hunk("b", 3, 1, 3, 1, 3, 0)),
                Arguments.of(
                        "one key added twice",
                        "x\n",
                        "---\na:\n  - 1\n---\nx\n",
                        "---\na: 2\n---\nx\n",
                        hunk("a", 1, 0, 2, 2, 2, 1)),
                Arguments.of(
                        "keys moved twice",
                        "---\na: 1\nb: 1\nc: 1\n---\n",
                        "---\nb: 1\na: 1\nc: 1\n---\n",
                        "---\na: 1\nc: 1\nb: 1\n---\n",
                        hunk("", 1, 5, 1, 5, 1, 5)),
                Arguments.of(
                        "a body behind front matter",
                        "---\na: 1\n---\nx\n",
                        "---\na: 1\nb: 1\n---\ny\n",
                        "---\na: 1\n---\nz\n",
                        hunk("", 4, 1, 5, 1, 4, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conflicts")
    void saysWhichLinesWereChangedOnBothSides(String name, String base, String main, String incoming, Hunk hunk) {
        assertThat(hunks(base, main, incoming)).containsExactly(hunk);
        assertThat(hunks(base, incoming, main))
                .containsExactly(new Hunk(hunk.key(), hunk.base(), hunk.incoming(), hunk.main()));
    }

    @Test
    void namesEveryConflictOfAFile() {
        assertThat(hunks(
                        "---\nk: 1\n---\na\nb\nc\nd\ne\n",
                        "---\nk: 2\n---\nA\nb\nc\nd\nE\n",
                        "---\nk: 3\n---\nX\nb\nc\nd\nY\nZ\n"))
                .containsExactly(hunk("k", 2, 1, 2, 1, 2, 1), hunk("", 4, 1, 4, 1, 4, 1), hunk("", 8, 1, 8, 1, 8, 2));
    }

    @Test
    void saysWhoseEditsThereAre() {
        assertThat(merge("a", "b", "a")).isEqualTo(new Merged.Clean(content("b"), Source.MAIN));
        assertThat(merge("a", "b", "b")).isEqualTo(new Merged.Clean(content("b"), Source.MAIN));
        assertThat(merge("a", "a", "b")).isEqualTo(new Merged.Clean(content("b"), Source.INCOMING));
    }

    /** Ten MiB of lines of one character, and the worst that fits into the bound of lines. */
    @Test
    void bombsAreRefusedInTime() {
        String bomb = "a\n".repeat(5 * 1024 * 1024);
        StringBuilder main = new StringBuilder();
        StringBuilder incoming = new StringBuilder();
        StringBuilder base = new StringBuilder();
        Random random = new Random(7);
        for (int i = 0; i < ThreeWayMerge.MAX_LINES - 2; i++) {
            base.append((char) ('a' + random.nextInt(3))).append('\n');
            main.append((char) ('a' + random.nextInt(3))).append('\n');
            incoming.append((char) ('d' + random.nextInt(20))).append('\n');
        }
        long start = System.nanoTime();

        assertThat(merge(bomb, bomb + "b\n", "c\n" + bomb)).isEqualTo(new Merged.TooComplex());
        assertThat(merge(base.toString(), main.toString(), incoming.toString())).isEqualTo(new Merged.TooComplex());
        assertThat(merge(bomb, bomb, "c\n" + bomb)).isInstanceOf(Merged.Clean.class);
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void largeFilesWithFewEditsAreMerged() {
        String large = "a line of text, and some more of it\n".repeat(150_000);

        assertThat(clean(large, "first\n" + large, large + "last\n")).isEqualTo("first\n" + large + "last\n");
    }

    @Test
    void hugeFrontMatterIsMergedByLines() {
        String keys = String.join(
                "", IntStream.range(0, 5000).mapToObj(i -> "k" + i + ": 1\n").toList());

        assertThat(clean("---\n" + keys + "---\n", "---\na: 1\n" + keys + "---\n", "---\n" + keys + "z: 1\n---\n"))
                .isEqualTo("---\na: 1\n" + keys + "z: 1\n---\n");
    }
}
