package dev.semel.sync.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.sync.text.ContentBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Merges of random texts. */
class ThreeWayMergePropertiesTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "---\n",
                        "a: 1\n",
                        "a: 2\n",
                        "b: 1\n",
                        "b:\n",
                        "- x\n",
                        "  y\n",
                        "# c\n",
                        "\n",
                        "x\n",
                        "y\n",
                        "z\n",
                        "...\n",
                        "\r",
                        "\r\n",
                        "x",
                        "---",
                        ": \n",
                        "'a': 3\n",
                        "<<<<<<< x\n")
                .list()
                .ofMaxSize(14)
                .map(lines -> String.join("", lines));
    }

    @Property
    void theOnlyChangeWins(@ForAll("texts") String base, @ForAll("texts") String changed) {
        ContentBytes expected = ThreeWayMergeTest.content(changed);

        assertThat(((Merged.Clean) ThreeWayMergeTest.merge(base, base, changed)).content())
                .isEqualTo(expected);
        assertThat(((Merged.Clean) ThreeWayMergeTest.merge(base, changed, base)).content())
                .isEqualTo(expected);
        assertThat(((Merged.Clean) ThreeWayMergeTest.merge(base, changed, changed)).content())
                .isEqualTo(expected);
    }

    @Property(tries = 5000)
    void noSideIsFavoured(
            @ForAll("texts") String base, @ForAll("texts") String main, @ForAll("texts") String incoming) {
        Merged one = ThreeWayMergeTest.merge(base, main, incoming);
        Merged other = ThreeWayMergeTest.merge(base, incoming, main);

        if (one instanceof Merged.Conflicted conflicted) {
            assertThat(((Merged.Conflicted) other).hunks())
                    .isEqualTo(conflicted.hunks().stream()
                            .map(hunk -> new Hunk(hunk.key(), hunk.base(), hunk.incoming(), hunk.main()))
                            .toList());
        } else {
            assertThat(sorted(other)).isEqualTo(sorted(one));
        }
    }

    /** Keys that both sides add at one place stand in the order of the sides; nothing else differs. */
    private static List<String> sorted(Merged merged) {
        return ((Merged.Clean) merged).content().text().lines().sorted().toList();
    }

    @Property(tries = 5000)
    void everyLineOfAResultIsALineOfASide(
            @ForAll("texts") String base, @ForAll("texts") String main, @ForAll("texts") String incoming) {
        if (!(ThreeWayMergeTest.merge(base, main, incoming) instanceof Merged.Clean clean)) {
            return;
        }
        Set<String> lines = new HashSet<>();
        List.of(base, main, incoming).forEach(text -> text.lines().forEach(lines::add));

        assertThat(clean.content().text()).doesNotContain("\r");
        assertThat(clean.content().text().lines()).allMatch(lines::contains);
    }

    @Property(tries = 2000)
    void rangesLieInTheirFiles(
            @ForAll("texts") String base, @ForAll("texts") String main, @ForAll("texts") String incoming) {
        if (!(ThreeWayMergeTest.merge(base, main, incoming) instanceof Merged.Conflicted conflicted)) {
            return;
        }
        assertThat(conflicted.hunks()).isNotEmpty().allSatisfy(hunk -> {
            assertInside(hunk.base(), base);
            assertInside(hunk.main(), main);
            assertInside(hunk.incoming(), incoming);
            assertThat(hunk.main().count() + hunk.incoming().count()).isPositive();
        });
    }

    private static void assertInside(LineRange range, String text) {
        int lines = Lines.split(ThreeWayMergeTest.content(text).text()).size();
        assertThat(range.first()).isPositive();
        assertThat(range.count()).isNotNegative();
        assertThat(range.first() + range.count() - 1).isLessThanOrEqualTo(lines);
    }

    /** Lines that occur once: a clean merge has what each side added, and has not what each side took away. */
    @Property(tries = 3000)
    void noEditIsLost(
            @ForAll @IntRange(min = 0, max = 40) int size, @ForAll @IntRange(max = 6) int edits, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> base = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            base.add("base " + i);
        }
        List<String> main = edited(base, "main", edits, random);
        List<String> incoming = edited(base, "incoming", edits, random);
        if (!(ThreeWayMergeTest.merge(text(base), text(main), text(incoming)) instanceof Merged.Clean clean)) {
            return;
        }
        List<String> merged = clean.content().text().lines().toList();

        Set<String> expected = new HashSet<>(main);
        expected.addAll(incoming);
        expected.removeIf(line -> base.contains(line) && !(main.contains(line) && incoming.contains(line)));
        assertThat(merged).doesNotHaveDuplicates().hasSameElementsAs(expected);
        for (List<String> side : List.of(main, incoming)) {
            assertThat(side.stream().filter(merged::contains).toList())
                    .isEqualTo(merged.stream().filter(side::contains).toList());
        }
    }

    private static List<String> edited(List<String> base, String name, int edits, Random random) {
        List<String> edited = new ArrayList<>(base);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(edited.size() + 1);
            boolean inside = at < edited.size();
            switch (random.nextInt(3)) {
                case 0 -> edited.add(at, name + " " + i);
                case 1 -> {
                    if (inside) {
                        edited.remove(at);
                    }
                }
                default -> {
                    if (inside) {
                        edited.set(at, name + " " + i);
                    }
                }
            }
        }
        return edited;
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Keys are merged as maps are. */
    @Property(tries = 3000)
    void frontMatterIsMergedAsAMapIs(
            @ForAll("maps") Map<String, Integer> base,
            @ForAll("maps") Map<String, Integer> main,
            @ForAll("maps") Map<String, Integer> incoming) {
        Map<String, Integer> expected = new TreeMap<>();
        Set<String> disputed = new HashSet<>();
        for (String key : List.of("a", "b", "c", "d", "e")) {
            Three<Integer> values = new Three<>(base, main, incoming).map(side -> side.getOrDefault(key, 0));
            values.undisputed()
                    .ifPresentOrElse(
                            value -> expected.compute(key, (k, old) -> value == 0 ? null : value),
                            () -> disputed.add(key));
        }

        Merged merged = ThreeWayMergeTest.merge(front(base), front(main), front(incoming));

        if (merged instanceof Merged.Clean clean) {
            assertThat(disputed).isEmpty();
            assertThat(clean.content()
                            .text()
                            .lines()
                            .filter(line -> line.contains(": "))
                            .sorted())
                    .containsExactlyElementsOf(expected.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .toList());
        } else {
            assertThat(((Merged.Conflicted) merged).hunks())
                    .extracting(hunk -> hunk.key().orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(disputed);
        }
    }

    @Provide
    Arbitrary<Map<String, Integer>> maps() {
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c", "d", "e"),
                        Arbitraries.integers().between(1, 3))
                .map(TreeMap::new);
    }

    private static String front(Map<String, Integer> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining("", "---\n", "---\nbody\n"));
    }
}
