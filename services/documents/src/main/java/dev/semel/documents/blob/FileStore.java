package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Bytes as files: {@code <tenant>/ab/cd/abcd….}, readable for the owner only. A file is written beside its place, synchronised,
 * moved there in one step, and its folder synchronised, so that it is there whole or not at all. Names come from tenants that are
 * encoded and from ids that are ours, never from a client, and no symbolic link is followed. Thread-safe; any number of servers may share
 * the folder if its file system moves atomically.
 */
public final class FileStore implements ByteStore {
    private static final int BUFFER = 64 * 1024;
    private static final String TEMPORARY = ".tmp";
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.tmp)?");

    private final Folders folders;

    private FileStore(Folders folders) {
        this.folders = folders;
    }

    /**
     * A store in that folder, which is made if there is none.
     *
     * @throws IOException if it cannot be made
     */
    public static FileStore in(Path folder) throws IOException {
        return new FileStore(Folders.below(folder));
    }

    @Override
    public void write(Location location, InputStream content) throws IOException {
        Path folder = folders.make(folder(location));
        Path temporary = folder.resolve(location.id() + TEMPORARY);
        try {
            writeAndSync(temporary, content);
            Files.move(temporary, folder.resolve(location.id().toString()), StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(folder);
        } catch (Throwable failure) {
            undo(location, failure);
            throw failure;
        }
    }

    private static void writeAndSync(Path file, InputStream content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, Folders.onlyOwner("rw-------"))) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                writeAll(channel, ByteBuffer.wrap(buffer, 0, read));
            }
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void undo(Location location, Throwable failure) {
        try {
            delete(location);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public StoredBytes open(Location location) throws IOException {
        Path file = find(location).orElseThrow(() -> new NoSuchFileException(String.valueOf(location.id())));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(String.valueOf(location.id()));
        }
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try {
            return new StoredBytes(channel.size(), Channels.newInputStream(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void delete(Location location) throws IOException {
        Optional<Path> file = find(location);
        if (file.isPresent()) {
            Files.deleteIfExists(file.get().resolveSibling(location.id() + TEMPORARY));
            Files.deleteIfExists(file.get());
        }
    }

    @Override
    public void visitOlderThan(Duration age, Visitor visitor) throws Exception {
        Instant until = Instant.now().minus(age);
        for (Path tenantFolder : folders.children()) {
            Optional<String> tenant =
                    TenantName.tenant(tenantFolder.getFileName().toString());
            if (tenant.isPresent()) {
                visit(tenant.get(), tenantFolder, until, visitor);
            }
        }
    }

    private static void visit(String tenant, Path tenantFolder, Instant until, Visitor visitor) throws Exception {
        for (Path first : Folders.children(tenantFolder)) {
            for (Path second : Folders.children(first)) {
                for (UUID id : unchangedSince(until, second)) {
                    visitor.visit(new Location(tenant, id));
                }
            }
        }
    }

    private static List<UUID> unchangedSince(Instant until, Path folder) throws IOException {
        List<UUID> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && isUnchangedSince(until, file)) {
                    found.add(UUID.fromString(name.group(1)));
                }
            }
        }
        return found;
    }

    private static boolean isUnchangedSince(Instant until, Path file) throws IOException {
        try {
            Instant changed =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return !changed.isAfter(until);
        } catch (NoSuchFileException e) {
            return false; // deleted since it was listed
        }
    }

    private Optional<Path> find(Location location) throws IOException {
        return folders.find(folder(location))
                .map(folder -> folder.resolve(location.id().toString()));
    }

    private static List<String> folder(Location location) {
        String id = location.id().toString();
        return List.of(TenantName.folder(location.tenant()), id.substring(0, 2), id.substring(2, 4));
    }
}
