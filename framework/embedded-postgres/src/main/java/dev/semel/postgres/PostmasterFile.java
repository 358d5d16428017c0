package dev.semel.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server says about itself in {@code postmaster.pid}.
 *
 * @param status {@code starting}, {@code ready}, {@code standby} or {@code stopping}; empty before the first of them
 */
record PostmasterFile(long pid, String status) {
    private static final int PID_LINE = 0;
    private static final int STATUS_LINE = 7;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty if there is none, or only its beginning yet. */
    static Optional<PostmasterFile> read(Path cluster) {
        try {
            var lines = Files.readAllLines(in(cluster), StandardCharsets.ISO_8859_1);
            var status = lines.size() > STATUS_LINE ? lines.get(STATUS_LINE).strip() : "";
            return Optional.of(
                    new PostmasterFile(Long.parseLong(lines.get(PID_LINE).strip()), status));
        } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot read " + in(cluster) + ": " + e.getMessage(), e);
        }
    }

    boolean saysReady(long expectedPid) {
        return pid == expectedPid && status.equals("ready");
    }
}
