package dev.semel.books.bank;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV statement, line by line. */
final class CsvStatement {
    private static final int LONGEST_HEADER = 1000;

    private CsvStatement() {}

    static void read(BufferedReader text, LineReceiver receiver) {
        try (text) {
            CsvHeader header = CsvHeader.of(firstLine(text));
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(header.separator())
                    .setIgnoreEmptyLines(true)
                    .get();
            try (CSVParser parser = format.parse(text)) {
                rows(parser, header, receiver);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    private static String firstLine(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = text.read();
        while (next >= 0 && next != '\n' && next != '\r') {
            if (line.length() == LONGEST_HEADER) {
                throw StatementFiles.unreadable("The first line is too long.");
            }
            line.append((char) next);
            next = text.read();
        }
        if (next == '\r') {
            skipLineFeed(text);
        }
        return line.toString();
    }

    private static void skipLineFeed(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\n') {
            text.reset();
        }
    }

    /** A quotation that does not end makes the rest unreadable; what came before it stands. */
    private static void rows(CSVParser parser, CsvHeader header, LineReceiver receiver) {
        Iterator<CSVRecord> rows = parser.iterator();
        long line = 1;
        try {
            while (rows.hasNext()) {
                CSVRecord row = rows.next();
                // The header's line was read before the parser began to count.
                line = parser.getCurrentLineNumber() + 1;
                row(Math.toIntExact(line), row, header, receiver);
            }
        } catch (UncheckedIOException e) {
            receiver.error(new LineError(
                    Math.toIntExact(line + 1),
                    "LINE_UNREADABLE",
                    "A quotation is malformed or does not end; the rest of the file was not read."));
        }
    }

    private static void row(int number, CSVRecord row, CsvHeader header, LineReceiver receiver) {
        receiver.line(new RawLine(
                number,
                header.field(row, CsvColumn.ACCOUNT),
                header.field(row, CsvColumn.REFERENCE),
                header.field(row, CsvColumn.DATE),
                header.field(row, CsvColumn.AMOUNT),
                AmountSpelling.EXPORTED,
                header.field(row, CsvColumn.CURRENCY),
                header.field(row, CsvColumn.DESCRIPTION)));
    }
}
