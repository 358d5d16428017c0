package dev.semel.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the standard library lacks for whole folders. Symbolic links are never followed. */
final class FileTrees {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE = mode("rw-------");
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER = mode("rwx------");

    private FileTrees() {}

    /** Deletes the folder with all in it, if it exists; tolerates that others delete in it at the same time. */
    static void delete(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new Leaving(Files::deleteIfExists));
        }
    }

    /** As {@link #delete}, for what is only litter: whether it is gone. */
    static boolean tryDelete(Path root) {
        try {
            delete(root);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives the folder with all in it to the owner; the folder itself last, so that its owner tells whether all was done. */
    static void give(Path root, UserPrincipal owner) throws IOException {
        Files.walkFileTree(
                root, new Leaving(path -> Files.setAttribute(path, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS)));
    }

    /** Makes created, renamed and deleted entries of a folder survive a power failure. */
    static void flush(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private interface Step {
        void on(Path path) throws IOException;
    }

    private static final class Leaving extends SimpleFileVisitor<Path> {
        private final Step step;

        Leaving(Step step) {
            this.step = step;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            step.on(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            step.on(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
