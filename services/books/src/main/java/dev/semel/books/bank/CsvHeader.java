package dev.semel.books.bank;

import dev.semel.RejectedException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Which column stands where, and what separates them: whatever makes the first line have all that are needed. */
record CsvHeader(char separator, Map<CsvColumn, Integer> places) {
    private static final List<Character> SEPARATORS = List.of(';', '\t', '|', ',');

    /**
     * Reads the first line.
     *
     * @throws RejectedException if it does not name the columns that are needed, or names two for one: which of two amounts
     *     counts is not for us to guess
     */
    static CsvHeader of(String line) {
        return SEPARATORS.stream()
                .map(separator -> new CsvHeader(separator, places(line, separator)))
                .filter(CsvHeader::isComplete)
                .findFirst()
                .orElseThrow(
                        () -> StatementFiles.unreadable("The first line must name the columns date, amount, currency"
                                + " and reference, separated by comma, semicolon, tab or |."));
    }

    private static Map<CsvColumn, Integer> places(String line, char separator) {
        Map<CsvColumn, Integer> places = new EnumMap<>(CsvColumn.class);
        String[] names = line.split(Pattern.quote(String.valueOf(separator)), -1);
        for (int i = 0; i < names.length; i++) {
            int place = i;
            CsvColumn.find(names[i].replace("\"", "")).ifPresent(column -> {
                if (places.put(column, place) != null) {
                    throw StatementFiles.unreadable("The first line names two columns for the same thing.");
                }
            });
        }
        return places;
    }

    private boolean isComplete() {
        return Arrays.stream(CsvColumn.values()).filter(CsvColumn::isRequired).allMatch(places::containsKey);
    }

    /** The field, without blanks around it; empty if the record has no such field. */
    String field(CSVRecord row, CsvColumn column) {
        return Optional.ofNullable(places.get(column))
                .filter(place -> place < row.size())
                .map(row::get)
                .map(String::strip)
                .orElse("");
    }
}
