package dev.semel.documents.reading;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import dev.semel.RejectedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Unified differences of two texts, which {@code patch} takes. */
final class Diffing {
    /** So many lines that differ on each side take about a second at worst. */
    static final int MAX_DIFFERING_LINES = 5_000;

    private static final int CONTEXT_LINES = 3;
    /** Nothing begins before the first line; the library says at it. */
    private static final Pattern EMPTY_SIDE = Pattern.compile("^(@@ -|@@ -1,[0-9]+ \\+)1,0 ");

    private Diffing() {}

    /**
     * The difference; empty if there is none.
     *
     * @param fromName of the texts, for the head
     * @throws RejectedException if too much differs
     */
    static String unified(String fromName, String from, String toName, String to) {
        List<String> before = lines(from);
        List<String> after = lines(to);
        requireBounded(before, after);
        Patch<String> patch = joined(DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>()));
        StringBuilder text = new StringBuilder();
        UnifiedDiffUtils.generateUnifiedDiff(fromName, toName, before, patch, CONTEXT_LINES)
                .forEach(line -> append(line, text));
        return text.toString();
    }

    /** What was taken out and put in at one place, in this order. */
    private static Patch<String> joined(Patch<String> patch) {
        Deque<AbstractDelta<String>> deltas = new ArrayDeque<>();
        for (AbstractDelta<String> delta : patch.getDeltas()) {
            AbstractDelta<String> last = deltas.peekLast();
            if (last != null
                    && follows(last.getSource(), delta.getSource())
                    && follows(last.getTarget(), delta.getTarget())) {
                deltas.removeLast();
                deltas.addLast(new ChangeDelta<>(
                        chunk(last.getSource(), delta.getSource()), chunk(last.getTarget(), delta.getTarget())));
            } else {
                deltas.addLast(delta);
            }
        }
        Patch<String> joined = new Patch<>();
        deltas.forEach(joined::addDelta);
        return joined;
    }

    private static boolean follows(Chunk<String> first, Chunk<String> second) {
        return first.getPosition() + first.size() == second.getPosition();
    }

    private static Chunk<String> chunk(Chunk<String> first, Chunk<String> second) {
        List<String> lines = new ArrayList<>(first.getLines());
        lines.addAll(second.getLines());
        return new Chunk<>(first.getPosition(), lines);
    }

    /** With their ends, so that a last line without one is another line. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("(?<=\n)"));
    }

    /** What heads a part has no end yet; a line of the texts has none where its text ends without one. */
    private static void append(String line, StringBuilder text) {
        text.append(EMPTY_SIDE.matcher(line).replaceAll("$1" + "0,0 "));
        if (!line.endsWith("\n")) {
            boolean head = line.startsWith("@@") || text.indexOf("@@") < 0;
            text.append(head ? "\n" : "\n\\ No newline at end of file\n");
        }
    }

    private static void requireBounded(List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int same = same(before, after, shorter);
        same += same(reversed(before), reversed(after), shorter - same);
        if (Math.max(before.size(), after.size()) - same > MAX_DIFFERING_LINES) {
            throw RejectedException.rule(
                    "DIFF_TOO_LARGE", "The versions differ in more than " + MAX_DIFFERING_LINES + " lines.");
        }
    }

    private static List<String> reversed(List<String> lines) {
        List<String> reversed = Arrays.asList(lines.toArray(new String[0]));
        Collections.reverse(reversed);
        return reversed;
    }

    private static int same(List<String> some, List<String> others, int most) {
        int count = 0;
        while (count < most && some.get(count).equals(others.get(count))) {
            count++;
        }
        return count;
    }
}
