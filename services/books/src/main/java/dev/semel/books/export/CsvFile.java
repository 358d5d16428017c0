package dev.semel.books.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180, UTF-8) in a file that nobody sees: it has no name any more when the first row is written, and is gone
 * when it is closed or the process ends. In a file, so that a transaction ends when its rows are read and not when a slow client
 * has taken them, whatever their number. Not thread-safe.
 */
final class CsvFile {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final FileChannel channel;
    private final CSVPrinter printer;

    private CsvFile(FileChannel channel, CSVPrinter printer) {
        this.channel = channel;
        this.printer = printer;
    }

    /**
     * A file with all rows that the source hands on.
     *
     * @throws UncheckedIOException if the temporary place takes no more
     */
    static CsvFile of(List<String> header, Consumer<Consumer<List<@Nullable Object>>> source) {
        return of(TEMPORARY, header, source);
    }

    static CsvFile of(Path folder, List<String> header, Consumer<Consumer<List<@Nullable Object>>> source) {
        try {
            return filled(open(folder), header, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, "semel-export", ".csv");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private static CsvFile filled(
            FileChannel channel, List<String> header, Consumer<Consumer<List<@Nullable Object>>> source)
            throws IOException {
        boolean filled = false;
        try {
            BufferedWriter writer = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
            CsvFile file = new CsvFile(channel, new CSVPrinter(writer, CSVFormat.RFC4180));
            file.row(header.stream());
            source.accept(row -> file.row(row.stream()));
            file.printer.flush();
            filled = true;
            return file;
        } finally {
            if (!filled) {
                channel.close();
            }
        }
    }

    private void row(Stream<? extends @Nullable Object> cells) {
        try {
            printer.printRecord(cells.map(CsvCells::of));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    /** From the beginning; to be closed by who reads it, and with it the file. */
    InputStream read() throws IOException {
        return Channels.newInputStream(channel.position(0));
    }
}
