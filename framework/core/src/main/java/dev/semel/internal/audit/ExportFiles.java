package dev.semel.internal.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.YearMonth;
import java.util.Set;

/** Names and durable writing of a month's files. A file is there whole or not at all, also after a crash. */
final class ExportFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;

    ExportFiles(Path folder) {
        this.folder = folder;
    }

    static String rowsName(YearMonth month) {
        return "audit-" + month + ".jsonl.gz";
    }

    static String manifestName(YearMonth month) {
        return "audit-" + month + ".manifest.json";
    }

    Path manifest(YearMonth month) {
        return folder.resolve(manifestName(month));
    }

    /** Whether one of a month's files is here. */
    boolean exist(YearMonth month) {
        return Files.exists(manifest(month)) || Files.exists(folder.resolve(rowsName(month)));
    }

    /** What is written to a file. */
    @FunctionalInterface
    interface Content<T> {
        T writeTo(OutputStream out) throws Exception;
    }

    /** Writes beside the file, then takes its place. */
    <T> T write(String name, Content<T> content) throws Exception {
        Files.createDirectories(folder, onlyOwner("rwx------"));
        Path temporary = folder.resolve("." + name + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            T result = writeAndSync(temporary, content);
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
            return result;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static <T> T writeAndSync(Path file, Content<T> content) throws Exception {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, onlyOwner("rw-------"))) {
            OutputStream out = Channels.newOutputStream(channel);
            T result = content.writeTo(out);
            out.flush();
            channel.force(true);
            return result;
        }
    }

    void deleteRows(YearMonth month) throws IOException {
        delete(folder.resolve(rowsName(month)));
    }

    void deleteManifest(YearMonth month) throws IOException {
        delete(manifest(month));
    }

    private void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        if (Files.isDirectory(folder)) {
            syncFolder();
        }
    }

    private void syncFolder() throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] onlyOwner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
