package dev.semel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file with one secret in it, for its owner's eyes only. */
public record SecretFile(Path path) {

    private static final long LARGEST = 8_192;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /**
     * The secret, without white space around it.
     *
     * @throws CommandFailure if it cannot be read, or if others could read or change it
     */
    public String read() {
        try {
            requireNobodyElse();
            if (Files.size(path) > LARGEST) {
                throw new IOException("it is too large");
            }
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.FORBIDDEN,
                    "SECRET_UNREADABLE",
                    "The file " + path + " cannot be read: " + e,
                    "ls -l " + path);
        }
    }

    private void requireNobodyElse() throws IOException {
        if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
        others.retainAll(Files.getPosixFilePermissions(path));
        if (!others.isEmpty()) {
            throw new CommandFailure(
                    ExitStatus.FORBIDDEN,
                    "SECRET_EXPOSED",
                    "Others on this machine can read or change " + path + ".",
                    "chmod 600 " + path + "   (and replace the secret, if it may have been read)");
        }
    }
}
