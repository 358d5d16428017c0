package dev.semel.documents.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import dev.semel.RejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffingTest {
    private static String unified(String from, String to) {
        return Diffing.unified("version 1", from, "version 2", to);
    }

    @Test
    void changedLineIsShownWithItsSurroundings() {
        assertThat(unified("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nE\nf\n")).isEqualTo("""
                --- version 1
                +++ version 2
                @@ -2,5 +2,5 @@
                 b
                 c
                 d
                -e
                +E
                 f
                """);
    }

    @Test
    void missingEndOfTheLastLineIsADifference() {
        assertThat(unified("a\nb\n", "a\nb")).isEqualTo("""
                --- version 1
                +++ version 2
                @@ -1,2 +1,2 @@
                 a
                -b
                +b
                \\ No newline at end of file
                """);
    }

    @Test
    void equalTextsHaveNoDifference() {
        assertThat(unified("a\nb", "a\nb")).isEmpty();
        assertThat(unified("", "")).isEmpty();
    }

    @Test
    void everythingAndNothing() {
        assertThat(unified("", "a\n")).contains("@@ -0,0 +1,1 @@\n+a\n");
        assertThat(unified("a\n", "")).contains("-a\n");
    }

    /** Each with another seed of its own, so that a failure can be looked at. */
    @Test
    void differenceLeadsFromTheOneTextToTheOther() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> from = lines(random);
            List<String> to = random.nextBoolean() ? lines(random) : mutated(from, random);
            Patch<String> patch = UnifiedDiffUtils.parseUnifiedDiff(
                    List.of(unified(text(from), text(to)).split("\n")));
            assertThat(patch.applyTo(from)).as("seed " + seed).isEqualTo(to);
        }
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, random.nextInt(60))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(5))))
                .toList();
    }

    private static List<String> mutated(List<String> lines, Random random) {
        return lines.stream()
                .filter(line -> random.nextInt(10) > 0)
                .map(line -> random.nextInt(10) > 0 ? line : line + "x")
                .toList();
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    @Test
    void tooMuchDifferenceIsRefusedAndMuchThatIsEqualIsNot() {
        String[] many = new String[20_000];
        Arrays.setAll(many, String::valueOf);
        String text = String.join("\n", many);
        assertThat(unified(text, text + "\nmore")).contains("+more");
        assertThat(unified("first\n" + text, text)).contains("-first");

        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> unified(text, text.replace("\n", "!\n")))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("DIFF_TOO_LARGE"));
    }

    @Test
    void worstThatIsTakenIsTakenInTime() {
        String from = IntStream.range(0, Diffing.MAX_DIFFERING_LINES)
                .mapToObj(i -> "a" + i + "\n")
                .collect(Collectors.joining());

        long start = System.nanoTime();
        String difference = unified(from, from.replace('a', 'b'));

        assertThat(difference.lines()).hasSize(2 * Diffing.MAX_DIFFERING_LINES + 3);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }
}
