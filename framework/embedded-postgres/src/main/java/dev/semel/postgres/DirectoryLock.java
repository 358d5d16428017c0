package dev.semel.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One owner per data directory, in all JVMs of a machine. The operating system releases it when the JVM dies. */
final class DirectoryLock implements AutoCloseable {
    // The lock belongs to the process, and the process loses it as soon as it closes *any* channel on the file. So a
    // second
    // attempt in this JVM must be turned away before it opens the file, and only the JVM as a whole can know that.
    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock or fails at once. */
    static DirectoryLock acquire(DataDirectory directory) throws IOException {
        var file = directory.lock();
        if (!HELD_BY_THIS_JVM.add(file)) {
            throw inUse(directory, "this JVM");
        }
        try {
            return new DirectoryLock(file, lockedChannel(directory));
        } catch (IOException | RuntimeException e) {
            HELD_BY_THIS_JVM.remove(file);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_BY_THIS_JVM.remove(file);
        }
    }

    private static FileChannel lockedChannel(DataDirectory directory) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var channel = FileChannel.open(directory.lock(), options, FileTrees.OWNER_ONLY_FILE);
        try {
            if (tryLock(channel) == null) {
                throw inUse(directory, "the process with pid " + read(channel));
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this JVM, through another class loader
        }
    }

    private static EmbeddedPostgresException inUse(DataDirectory directory, String owner) {
        return new EmbeddedPostgresException("The data directory " + directory.root() + " is in use by " + owner
                + ". Stop that one first, or choose another data directory.");
    }

    private static String read(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(text), 0);
    }
}
