package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies where below the folder that the user chose. */
record DataDirectory(Path root) {

    /** Creates the folder, readable for its owner only, unless it exists. */
    static DataDirectory prepare(EmbeddedPostgresConfig config) throws IOException {
        var root = config.dataDirectory();
        create(root);
        if (config.ephemeral()) {
            requireEmpty(root);
        }
        requireWritable(root);
        return new DataDirectory(root.toRealPath());
    }

    /** PGDATA. Exists only whole: it is created under another name. */
    Path cluster() {
        return root.resolve("cluster");
    }

    Path connectionFile() {
        return root.resolve("connection.properties");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path lock() {
        return root.resolve("lock");
    }

    /** Where the binaries go if the user's cache cannot take them. */
    Path binaries() {
        return root.resolve("binaries");
    }

    private static void create(Path root) throws IOException {
        var parent = root.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(root, FileTrees.OWNER_ONLY_FOLDER);
        } catch (FileAlreadyExistsException e) {
            requireFolder(root);
        }
    }

    private static void requireFolder(Path root) {
        if (!Files.isDirectory(root)) {
            throw new EmbeddedPostgresException("The data directory " + root + " is a file. Choose another path.");
        }
    }

    private static void requireEmpty(Path root) throws IOException {
        try (var entries = Files.list(root)) {
            if (entries.findAny().isPresent()) {
                throw new EmbeddedPostgresException("An ephemeral data directory is deleted at the end, so " + root
                        + " must be empty or missing. Choose another path, or do not start as ephemeral.");
            }
        }
    }

    private static void requireWritable(Path root) {
        if (!Files.isWritable(root)) {
            throw new EmbeddedPostgresException("The data directory " + root + " cannot be written to by user "
                    + System.getProperty("user.name") + ". Start as its owner, or choose another path.");
        }
    }
}
