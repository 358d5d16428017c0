package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends ByteStoreContract {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private FileStore store;
    private final Location location = Location.unused("acme");

    @BeforeEach
    void open() throws IOException {
        store = FileStore.in(folder.resolve("blobs"));
    }

    @Override
    ByteStore store() {
        return store;
    }

    private void write(Location where) throws IOException {
        store.write(where, new ByteArrayInputStream(bytes(10)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void filesAndFoldersAreReadableForTheOwnerOnly() throws IOException {
        write(location);

        Path file = files().get(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        for (Path one = file.getParent(); !one.equals(folder); one = one.getParent()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leftoverOfAWriteThatWasCutOffIsShownAndDeleted() throws Exception {
        write(location);
        Path file = files().get(0);
        Files.move(file, file.resolveSibling(file.getFileName() + ".tmp"));

        assertThat(olderThan(Duration.ZERO)).containsExactly(location);
        store.delete(location);
        assertThat(files()).isEmpty();
    }

    @Test
    void ageCountsFromTheLastByte() throws Exception {
        write(location);
        Files.setLastModifiedTime(
                files().get(0), FileTime.from(Instant.now().minus(DAY).minusSeconds(5)));

        assertThat(olderThan(DAY)).containsExactly(location);
        assertThat(olderThan(DAY.plusSeconds(60))).isEmpty();
    }

    @Test
    void whatIsNotOursIsPassedOver() throws Exception {
        write(location);
        Path file = files().get(0);
        Files.writeString(file.resolveSibling("notes.txt"), "mine");
        Files.writeString(folder.resolve("blobs").resolve("notes.txt"), "mine");
        Files.createDirectory(folder.resolve("blobs").resolve("T-acme"));

        assertThat(olderThan(Duration.ZERO)).containsExactly(location);
    }

    @Test
    void noSymbolicLinkIsFollowedWhereverItStands() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        write(location);
        Path file = files().get(0);
        Path secret = Files.writeString(elsewhere.resolve(file.getFileName()), "0123456789");
        Files.delete(file);
        Files.createSymbolicLink(file, secret);
        assertThatThrownBy(() -> store.open(location)).isInstanceOf(IOException.class);

        for (Path one = file.getParent(); !one.equals(folder.resolve("blobs")); one = one.getParent()) {
            Path away = one.resolveSibling("away");
            Files.move(one, away);
            Files.createSymbolicLink(one, elsewhere);
            assertThatThrownBy(() -> store.open(location)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.delete(location)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> write(location)).isInstanceOf(IOException.class);
            Files.delete(one);
            Files.move(away, one);
        }
        store.delete(location);
        assertThat(secret).hasContent("0123456789");
    }

    @Test
    void folderMayBeReachedThroughALink() throws IOException {
        Path real = Files.createDirectory(folder.resolve("disk"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        ByteStore linked = FileStore.in(link);

        linked.write(location, new ByteArrayInputStream(bytes(10)));

        assertThat(linked.open(location).size()).isEqualTo(10);
    }
}
