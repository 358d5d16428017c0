package dev.semel.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The superuser's connection, kept beside the data for the next start and for whoever may read it: the owner. */
final class ConnectionFile {
    private final Path folder;
    private final Path file;

    ConnectionFile(DataDirectory directory) {
        this.folder = directory.root();
        this.file = directory.connectionFile();
    }

    /** Replaces the content in one step; it survives a power failure. */
    void write(PostgresConnection connection) throws IOException {
        var draft = Files.createTempFile(folder, "connection", ".tmp", FileTrees.OWNER_ONLY_FILE);
        try {
            fill(draft, content(connection));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            FileTrees.flush(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Empty if the file is missing or not whole. */
    Optional<PostgresConnection> read() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return properties.stringPropertyNames().containsAll(List.of("jdbcUrl", "user", "password"))
                ? Optional.of(connection(properties))
                : Optional.empty();
    }

    private static PostgresConnection connection(Properties properties) {
        return new PostgresConnection(
                properties.getProperty("jdbcUrl", ""),
                properties.getProperty("user", ""),
                properties.getProperty("password", ""));
    }

    // Not Properties.store: it would escape the colons of the URL, and shell scripts read this file too.
    private static String content(PostgresConnection connection) {
        return """
                jdbcUrl=%s
                user=%s
                password=%s
                """.formatted(connection.jdbcUrl(), connection.user(), connection.password());
    }

    private static void fill(Path draft, String content) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
