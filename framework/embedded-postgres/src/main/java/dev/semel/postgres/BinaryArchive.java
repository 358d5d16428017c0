package dev.semel.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, packed, on the class path.
 *
 * @param location of an xz-compressed tar archive
 */
record BinaryArchive(URL location) {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    /** The one for this operating system and processor. */
    static BinaryArchive forThisMachine() {
        var name = "/postgres-" + system() + "-" + processor() + ".txz";
        var location = BinaryArchive.class.getResource(name);
        if (location == null) {
            throw new EmbeddedPostgresException(
                    "There is no embedded PostgreSQL for this machine on the class path: " + name
                            + ". Linux and macOS on x86-64 and arm64 are supported; elsewhere use a database of your own.");
        }
        return new BinaryArchive(location);
    }

    /** The beginning of the content's SHA-256, in hex. Reads all of it: some 50 ms. */
    String digest() throws IOException {
        try (var stream = new DigestInputStream(location.openStream(), sha256())) {
            stream.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(stream.getMessageDigest().digest(), 0, 8);
        }
    }

    /** Unpacks all into the existing folder, readable for everybody and safe from a power failure. Takes seconds. */
    void unpack(Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(location.openStream()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        var path = inside(target, entry);
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_DIR -> createFolder(path);
            case TarConstants.LF_SYMLINK -> link(path, entry);
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> write(path, entry, content);
            default -> throw new IOException("unexpected kind of entry in the archive: " + entry.getName());
        }
    }

    private static Path inside(Path target, TarArchiveEntry entry) throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("an entry leads out of the archive: " + entry.getName());
        }
        return path;
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            createFolder(parent(folder));
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, EXECUTABLE);
        }
    }

    // Only to a neighbour: chains of longer links could lead anywhere.
    private static void link(Path path, TarArchiveEntry entry) throws IOException {
        var neighbour = Path.of(entry.getLinkName());
        if (neighbour.isAbsolute() || neighbour.getNameCount() != 1 || neighbour.startsWith("..")) {
            throw new IOException("a link leads out of its folder: " + entry.getName());
        }
        createFolder(parent(path));
        Files.createSymbolicLink(path, neighbour);
    }

    private static void write(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
        createFolder(parent(path));
        try (var file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(file));
            file.force(false);
        }
        Files.setPosixFilePermissions(path, (entry.getMode() & 0100) == 0 ? PLAIN : EXECUTABLE);
    }

    private static Path parent(Path path) throws IOException {
        var parent = path.getParent();
        if (parent == null) {
            throw new IOException("no parent folder: " + path);
        }
        return parent;
    }

    private static String system() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.replace(' ', '-');
    }

    private static String processor() {
        var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
