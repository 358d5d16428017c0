package dev.semel.documents.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folders below one: made so that they outlive a crash, and walked without following a link. Thread-safe. */
final class Folders {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path root;

    private Folders(Path root) {
        this.root = root;
    }

    /** The root itself may be reached through links: where it is, is the operator's choice. */
    static Folders below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, onlyOwner("rwx------"));
        }
        return new Folders(folder.toRealPath());
    }

    Path make(List<String> names) throws IOException {
        Path folder = root;
        for (String name : names) {
            folder = make(folder, name);
        }
        return folder;
    }

    /** Synchronised also if it was there: whoever has just made it may not have come to that yet. */
    private static Path make(Path parent, String name) throws IOException {
        Path folder = parent.resolve(name);
        if (!isFolder(folder)) {
            try {
                Files.createDirectory(folder, onlyOwner("rwx------"));
            } catch (FileAlreadyExistsException e) {
                requireFolder(folder);
            }
        }
        sync(parent);
        return folder;
    }

    /** Empty if there is none. */
    Optional<Path> find(List<String> names) throws IOException {
        Path folder = root;
        for (String name : names) {
            folder = folder.resolve(name);
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            requireFolder(folder);
        }
        return Optional.of(folder);
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!isFolder(folder)) {
            throw new NotDirectoryException(String.valueOf(folder.getFileName()));
        }
    }

    private static boolean isFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    List<Path> children() throws IOException {
        return children(root);
    }

    /** The folders in a folder, no links among them. */
    static List<Path> children(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Folders::isFolder)) {
            children.forEach(found::add);
        }
        return found;
    }

    /** Makes what was renamed or made in it outlive a crash. */
    static void sync(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static FileAttribute<?>[] onlyOwner(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
