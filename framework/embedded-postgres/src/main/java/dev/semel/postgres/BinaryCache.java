package dev.semel.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks the binaries once and finds them again. The folder's name tells the content, and it appears whole or not at all,
 * so any number of processes may do this at the same time.
 */
final class BinaryCache {
    private static final Logger log = LoggerFactory.getLogger(BinaryCache.class);
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final String DRAFT = ".unpacking-";

    private final BinaryArchive archive;
    private final List<Path> roots;

    /** @param roots where to look and unpack, best first */
    BinaryCache(BinaryArchive archive, List<Path> roots) {
        this.archive = archive;
        this.roots = List.copyOf(roots);
    }

    /** In the user's cache; in the data directory if that does not work. */
    static BinaryCache of(BinaryArchive archive, DataDirectory directory) {
        return new BinaryCache(archive, List.of(userCache(), directory.binaries()));
    }

    /** The folder with the unpacked binaries, which the identity can execute. */
    Path home(PostgresIdentity identity) throws IOException {
        var name = "postgres-" + version() + "-" + archive.digest();
        var problems = new ArrayList<String>();
        for (var root : roots) {
            var home = unpacked(root.resolve(name), problems);
            if (home.filter(found -> identity.canRun(Toolbox.postgresIn(found))).isPresent()) {
                return home.get();
            }
            problems.add(root + " cannot be used");
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL's binaries could not be unpacked to a place where they can be executed: "
                        + String.join("; ", problems)
                        + ". Free some space, or set XDG_CACHE_HOME to a folder that allows it;"
                        + " on a Linux without glibc use a database of your own.");
    }

    private Optional<Path> unpacked(Path home, List<String> problems) {
        try {
            if (!Files.isDirectory(home)) {
                unpack(home);
            }
            return Optional.of(home);
        } catch (IOException e) {
            problems.add(e.toString());
            return Optional.empty();
        }
    }

    private void unpack(Path home) throws IOException {
        var root = Objects.requireNonNull(home.getParent());
        Files.createDirectories(root);
        deleteAbandoned(root);
        var draft = Files.createTempDirectory(root, DRAFT);
        try {
            var unpacked = Files.createDirectory(draft.resolve("postgres"));
            log.info("Unpacking PostgreSQL to {}, once", home);
            archive.unpack(unpacked);
            publish(unpacked, home);
        } finally {
            FileTrees.tryDelete(draft);
        }
    }

    private static void publish(Path unpacked, Path home) throws IOException {
        try {
            Files.move(unpacked, home);
        } catch (IOException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
            log.debug("Another process was faster to unpack {}", home);
        }
    }

    private static void deleteAbandoned(Path root) throws IOException {
        var limit = Instant.now().minus(ABANDONED_AFTER);
        try (var drafts = Files.newDirectoryStream(root, DRAFT + "*")) {
            for (var draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(limit)) {
                    FileTrees.tryDelete(draft);
                }
            }
        }
    }

    private static Path userCache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("semel");
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var stream = BinaryCache.class.getResourceAsStream("binaries.properties")) {
            properties.load(Objects.requireNonNull(stream));
        }
        return properties.getProperty("version", "unknown");
    }
}
