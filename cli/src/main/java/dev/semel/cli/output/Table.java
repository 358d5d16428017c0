package dev.semel.cli.output;

import dev.semel.cli.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Aligned rows below a header. For one thread. */
final class Table {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
        rows.add(columns.stream().map(Column::header).toList());
    }

    void add(JsonNode item) {
        rows.add(columns.stream()
                .map(column -> Printable.text(column.cell().apply(item)))
                .toList());
    }

    List<String> lines() {
        int[] widths = widths();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        rows.forEach(row -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - row.get(column).length());
            cells.add(columns.get(column).right() ? padding + row.get(column) : row.get(column) + padding);
        }
        return String.join(GAP, cells).stripTrailing();
    }
}
