package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StoreTest extends ByteStoreContract {
    @TempDir
    private static Path folder;

    private static S3Server server;

    private final String bucket = "b-" + UUID.randomUUID();
    private S3Store store;

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        server.make(bucket);
        store = S3Store.of(server.bucket(bucket), 3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    ByteStore store() {
        return store;
    }

    @Test
    void bucketThatIsNotThereIsNoMissingContent() {
        try (S3Store nowhere = S3Store.of(server.bucket("nowhere"))) {
            Location location = Location.unused("acme");

            assertThatThrownBy(() -> nowhere.open(location))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> nowhere.write(location, BlobFixture.stream("hello")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> nowhere.visitOlderThan(Duration.ZERO, found -> {}))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void moreThanAPageIsVisitedAndNothingOfOthers() throws Exception {
        for (int i = 0; i < 10; i++) {
            store.write(Location.unused("acme"), BlobFixture.stream(""));
        }
        BlobProperties.S3 own = server.bucket(bucket);
        try (var client = S3Clients.of(own)) {
            client.putObject(
                    request -> request.bucket(bucket).key("semel/notes.txt"),
                    software.amazon.awssdk.core.sync.RequestBody.fromString("mine"));
            client.putObject(
                    request -> request.bucket(bucket).key("other/t-acme/" + UUID.randomUUID()),
                    software.amazon.awssdk.core.sync.RequestBody.fromString("mine"));
        }

        assertThat(olderThan(Duration.ZERO)).hasSize(10);
    }

    /** The client throws what is no IOException then. */
    @Test
    void readerThatIsToldToStopSeesAFailureOfTheStore() throws Exception {
        Location location = Location.unused("acme");
        store.write(location, BlobFixture.stream("hello"));
        try (InputStream content = store.open(location).input()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> content.read(new byte[5], 0, 5)).isInstanceOf(IOException.class);
            assertThatThrownBy(content::read).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void noTemporaryFileIsLeft() throws Exception {
        long before = spools();
        store.write(Location.unused("acme"), BlobFixture.stream("hello"));
        assertThatThrownBy(
                        () -> store.write(Location.unused("acme"), new MeasuredContent(BlobFixture.stream("hello"), 4)))
                .isInstanceOf(BlobTooLargeException.class);

        assertThat(spools()).isEqualTo(before);
    }

    private static long spools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("semel-blob-"))
                    .count();
        }
    }

    @Test
    void keysAreNotPrinted() {
        assertThat(server.bucket(bucket))
                .asString()
                .doesNotContain("test-secret")
                .doesNotContain("test-access");
    }
}
