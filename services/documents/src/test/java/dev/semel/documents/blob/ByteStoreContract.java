package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps. */
abstract class ByteStoreContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Location location = Location.unused("acme");

    /** The same one throughout a test, empty before it. */
    abstract ByteStore store();

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private void write(Location where, byte[] bytes) throws IOException {
        store().write(where, new ByteArrayInputStream(bytes));
    }

    byte[] read(Location where) throws IOException {
        StoredBytes stored = store().open(where);
        try (InputStream input = stored.input()) {
            byte[] bytes = input.readAllBytes();
            assertThat(stored.size()).isEqualTo(bytes.length);
            return bytes;
        }
    }

    List<Location> olderThan(Duration age) throws Exception {
        List<Location> found = new ArrayList<>();
        store().visitOlderThan(age, found::add);
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, 3_000_000})
    void bytesComeBackAsTheyWereWritten(int size) throws IOException {
        write(location, bytes(size));

        assertThat(read(location)).isEqualTo(bytes(size));
    }

    @Test
    void contentThatCannotBeReadToItsEndLeavesNothing() throws Exception {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(bytes(100_000)), new Broken());

        assertThatThrownBy(() -> store().write(location, broken)).isInstanceOf(IOException.class);

        assertThatThrownBy(() -> store().open(location)).isInstanceOf(NoSuchFileException.class);
        assertThat(olderThan(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> store().open(location)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deletedBytesAreGoneHoweverOftenTheyAreDeleted() throws Exception {
        write(location, bytes(10));

        store().delete(location);
        store().delete(location);

        assertThatThrownBy(() -> store().open(location)).isInstanceOf(NoSuchFileException.class);
        assertThat(olderThan(Duration.ZERO)).isEmpty();
    }

    @Test
    void tenantsAreApartAndCalledWhatTheyAreCalled() throws Exception {
        UUID id = UUID.randomUUID();
        List<Location> locations = new ArrayList<>();
        for (String tenant : List.of("acme", "Acme", "ACME.co", "a_41cme", "con", "..", "a/../b", "ö", "-")) {
            Location one = new Location(tenant, id);
            write(one, tenant.getBytes("UTF-8"));
            locations.add(one);
        }

        for (Location one : locations) {
            assertThat(read(one)).asString().isEqualTo(one.tenant());
        }
        assertThat(olderThan(Duration.ZERO)).containsExactlyInAnyOrderElementsOf(locations);
    }

    @Test
    void whatIsYoungerIsNotShown() throws Exception {
        write(location, bytes(10));

        assertThat(olderThan(HOUR)).isEmpty();
        assertThat(olderThan(Duration.ZERO)).containsExactly(location);
    }

    @Test
    void visitEndsWithWhatTheVisitorThrows() throws Exception {
        write(location, bytes(10));

        assertThatThrownBy(() -> store().visitOlderThan(Duration.ZERO, found -> {
                    throw new InterruptedException("enough");
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void bytesThatAreNotReadToTheirEndCostNoMore() throws Exception {
        write(location, bytes(3_000_000));

        StoredBytes stored = store().open(location);
        assertThat(stored.input().readNBytes(10)).isEqualTo(java.util.Arrays.copyOf(bytes(3_000_000), 10));
        stored.input().close();

        assertThat(read(location)).hasSize(3_000_000);
    }

    @Test
    void memoryIsOfAFixedSizeWhateverTheBytes() throws Exception {
        long size = 64 << 20;
        long written = Allocation.of(() -> {
            store().write(location, Allocation.content(size));
            return location;
        });
        long read = Allocation.of(() -> {
            try (InputStream input = store().open(location).input()) {
                return input.transferTo(OutputStream.nullOutputStream());
            }
        });

        assertThat(written).isLessThan(8 << 20);
        assertThat(read).isLessThan(8 << 20);
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the client is gone");
        }
    }
}
