package dev.semel.books.export;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cells that a spreadsheet takes for text or numbers, and never for a formula. */
final class CsvCells {
    /** What a spreadsheet begins a formula with, full-width signs included; the last two are skipped before one. */
    private static final String DANGEROUS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n";

    /** A cell begins behind these where somebody's spreadsheet separates by them. */
    private static final Pattern INNER = Pattern.compile("([;\t])(?=\\s*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    private CsvCells() {}

    /** Null is an empty cell. What begins like a formula gets an apostrophe in front, which spreadsheets read as "this is text". */
    static String of(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        String inner = INNER.matcher(text).replaceAll("$1'");
        return !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0 ? "'" + inner : inner;
    }
}
