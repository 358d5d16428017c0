package dev.semel.sync.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.diff.Sequence;

/** A text's lines with their ends, each with a number that stands for its text. */
final class Lines extends Sequence {
    private final List<String> texts;
    private final int[] numbers;

    private Lines(List<String> texts, int[] numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /** Numbers the lines, by the numbers known so far. */
    static Lines of(String text, Map<String, Integer> known) {
        List<String> texts = split(text);
        int[] numbers = texts.stream()
                .mapToInt(line -> known.computeIfAbsent(line, unknown -> known.size()))
                .toArray();
        return new Lines(texts, numbers);
    }

    /** The lines of a text, each with its end; the last one may have none. */
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(at, next));
            at = next;
        }
        return lines;
    }

    int number(int line) {
        return numbers[line];
    }

    String text(int from, int to) {
        return String.join("", texts.subList(from, to));
    }

    @Override
    public int size() {
        return numbers.length;
    }
}
