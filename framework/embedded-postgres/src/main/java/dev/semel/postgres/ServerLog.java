package dev.semel.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The server's own log: one file and the one before it. */
final class ServerLog {
    private static final long ROTATE_BEYOND_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 8 << 10;
    private static final int TAIL_LINES = 15;

    private final Path file;
    private final long ownPart;

    private ServerLog(Path file, long ownPart) {
        this.file = file;
        this.ownPart = ownPart;
    }

    /** Prepares the log for another start: rotated when large, readable for the owner only. */
    static ServerLog open(DataDirectory directory) throws IOException {
        var file = directory.log();
        if (Files.exists(file) && Files.size(file) > ROTATE_BEYOND_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(file)) {
            Files.createFile(file, FileTrees.OWNER_ONLY_FILE);
        }
        return new ServerLog(file, Files.size(file));
    }

    File file() {
        return file.toFile();
    }

    /** What to put below a message of failure: the last lines since the log was opened. */
    String tail() {
        try {
            var lines = lastBytes().lines().toList();
            return "\nThe last lines of " + file + ":\n" + String.join("\n", last(lines));
        } catch (IOException e) {
            return "\nSee " + file + " (which could not be read: " + e + ")";
        }
    }

    private static List<String> last(List<String> lines) {
        return lines.isEmpty()
                ? List.of("(nothing)")
                : lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    }

    private String lastBytes() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var from = Math.max(ownPart, channel.size() - TAIL_BYTES);
            var bytes = ByteBuffer.allocate(TAIL_BYTES);
            channel.read(bytes, from);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        }
    }
}
