package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private BlobVerification verify() throws Exception {
        return new BlobVerifier(fixture.blobs(), new BlobRows(fixture.transactions, fixture.jdbc))
                .verify(fixture.tenant);
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

        BlobVerification found = verify();

        assertThat(found.read()).isEqualTo(108);
        assertThat(found.damaged()).isEqualTo(3);
        assertThat(found.named())
                .containsExactlyInAnyOrder(
                        new DamagedBlob(missing.hash(), "content is missing"),
                        new DamagedBlob(altered.hash(), "content is not what was put"),
                        new DamagedBlob(truncated.hash(), "content is not as long as it was"));
        assertThat(fixture.counts.damaged).hasValue(3);
    }

    @Test
    void verificationEndsWhenItsThreadIsInterrupted() throws Exception {
        fixture.put("hello");
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::verify).isInstanceOf(InterruptedException.class);
    }
}
