package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class BlobVerifierTest {
    private final BlobFixture fixture;

    BlobVerifierTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private VerifiedBlobs verify(String after, int most, Duration time) throws Exception {
        return new BlobVerifier(fixture.blobs(), new BlobRows(fixture.transactions, fixture.jdbc))
                .verify(fixture.tenant, after, most, time);
    }

    /** From page to page. */
    private List<VerifiedBlobs> all(int most, Duration time) throws Exception {
        List<VerifiedBlobs> pages = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            pages.add(verify(next.get(), most, time));
            next = pages.get(pages.size() - 1).next();
        }
        return pages;
    }

    @Test
    void everyDamagedBlobIsNamedAndNoOther() throws Exception {
        for (int i = 0; i < 105; i++) {
            fixture.put("whole " + i);
        }
        StoredBlob missing = fixture.put("missing");
        StoredBlob altered = fixture.put("altered");
        StoredBlob truncated = fixture.put("truncated");
        Files.delete(fixture.file(missing));
        Files.writeString(fixture.file(altered), "ALTERED");
        Files.writeString(fixture.file(truncated), "trunc");

        List<VerifiedBlobs> found = all(50, Duration.ofMinutes(1));

        assertThat(found).extracting(VerifiedBlobs::read).containsExactly(50L, 50L, 8L);
        assertThat(found.stream().flatMap(page -> page.damaged().stream()))
                .containsExactlyInAnyOrder(
                        new DamagedBlob(missing.hash(), 7, "content is missing"),
                        new DamagedBlob(altered.hash(), 7, "content is not what was put"),
                        new DamagedBlob(truncated.hash(), 9, "content is not as long as it was"));
        assertThat(fixture.counts.damaged).hasValue(3);
    }

    @Test
    void verificationGoesOnWhereItsTimeWasOver() throws Exception {
        for (int i = 0; i < 5; i++) {
            fixture.put("whole " + i);
        }

        List<VerifiedBlobs> found = all(100, Duration.ZERO);

        assertThat(found).extracting(VerifiedBlobs::read).containsExactly(1L, 1L, 1L, 1L, 1L);
        assertThat(found).extracting(VerifiedBlobs::bytes).containsOnly(7L);
    }

    @Test
    void thereIsNothingToVerifyWhereNothingIs() throws Exception {
        assertThat(verify("", 100, Duration.ofMinutes(1)))
                .isEqualTo(new VerifiedBlobs(0, 0, List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void contentOfAnySizeIsVerifiedInBoundedMemory() throws Exception {
        long size = 100 << 20;
        fixture.blobs().put(fixture.tenant, Allocation.content(size), size);

        long allocated = Allocation.of(() -> verify("", 100, Duration.ofMinutes(1)));

        assertThat(allocated).isLessThan(8 << 20);
    }

    @Test
    void verificationEndsWhenItsThreadIsInterrupted() throws Exception {
        fixture.put("hello");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> verify("", 1, Duration.ofMinutes(1))).isInstanceOf(InterruptedException.class);
    }
}
