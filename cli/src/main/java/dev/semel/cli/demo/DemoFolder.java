package dev.semel.cli.demo;

import dev.semel.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data folder: the user's own, or a temporary one.
 *
 * @param temporary whether it is ours to delete
 */
record DemoFolder(Path path, boolean temporary) {

    /**
     * Takes this folder, or a new temporary one.
     *
     * @throws CliException if the folder is not empty: the demo wants a fresh start
     */
    static DemoFolder open(@Nullable Path wanted) {
        try {
            return wanted == null
                    ? new DemoFolder(Files.createTempDirectory("semel-demo-"), true)
                    : new DemoFolder(fresh(wanted.toAbsolutePath()), false);
        } catch (IOException e) {
            throw new CliException("The data folder cannot be made: " + e, e);
        }
    }

    /** Deletes it if it is temporary. What cannot be deleted stays: it is in the system's temporary folder. */
    void deleteIfTemporary() {
        if (temporary) {
            contents().forEach(DemoFolder::delete);
        }
    }

    private static Path fresh(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CliException("The demo wants an empty folder, and this one is not: " + folder);
            }
        }
        return folder;
    }

    private List<Path> contents() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // See deleteIfTemporary.
        }
    }
}
