package dev.semel.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Aligns the cells of a Markdown table: the first column to the left, figures to the right. */
final class Columns {
    private Columns() {}

    /** @param rows of equal length; the first one is the head */
    static List<String> align(List<List<String>> rows) {
        List<Integer> widths = IntStream.range(0, rows.get(0).size())
                .mapToObj(column -> width(rows, column))
                .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < row.size(); column++) {
            String blanks = " ".repeat(widths.get(column) - row.get(column).length());
            line.append(' ')
                    .append(column == 0 ? row.get(column) + blanks : blanks + row.get(column))
                    .append(" |");
        }
        return line.toString();
    }

    private static String rule(List<Integer> widths) {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < widths.size(); column++) {
            String dashes = "-".repeat(widths.get(column) + 1);
            rule.append(column == 0 ? ":" + dashes : dashes + ":").append('|');
        }
        return rule.toString();
    }
}
