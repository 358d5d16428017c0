package dev.semel.server.tokens;

import dev.semel.server.options.Secret;
import dev.semel.server.options.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A file with one secret, readable for its owner only. */
record SecretFile(Path path) {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Empty if there is no such file. */
    Optional<Secret> read() {
        try {
            return Files.exists(path)
                    ? Optional.of(new Secret(Files.readString(path).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new StartException("The file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces the file in one step. */
    void write(Secret secret) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder, OWNER_ONLY_FOLDER);
            Path draft = Files.createTempFile(folder, "secret", ".tmp", OWNER_ONLY);
            Files.writeString(draft, secret.value() + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartException("The file " + path + " cannot be written: " + e.getMessage(), e);
        }
    }
}
