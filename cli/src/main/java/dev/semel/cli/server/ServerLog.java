package dev.semel.cli.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that gets the server's output, read while the server writes it. */
record ServerLog(Path file) {

    private static final Pattern READY = Pattern.compile("Semel is ready at (https?://[\\w.:\\[\\]-]+)[^\\w.:\\[\\]-]");

    long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that the server announced after this position. */
    Optional<URI> announcedAddress(long from) {
        Matcher ready = READY.matcher(textFrom(from));
        return ready.find() ? Optional.of(URI.create(ready.group(1))) : Optional.empty();
    }

    List<String> lastLines(int count) {
        List<String> lines = textFrom(0).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private String textFrom(long position) {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(position);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
