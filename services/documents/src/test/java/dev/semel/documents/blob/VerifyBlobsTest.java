package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job that reads the content of all tenants. */
@ExtendWith(PostgresExtension.class)
class VerifyBlobsTest {
    private final BlobFixture fixture;
    private final AtomicLong verified = new AtomicLong();
    private final AtomicInteger opened = new AtomicInteger();

    VerifyBlobsTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private VerifyBlobs job(Blobs blobs) {
        BlobVerifier verifier = new BlobVerifier(blobs, new BlobRows(fixture.transactions, fixture.jdbc));
        BlobTenants tenants = new BlobTenants(MaintenanceTransactions.of(fixture.database.pool(1)));
        return new VerifyBlobs(verifier, tenants, Duration.ofDays(7), new BlobListener() {
            @Override
            public void verified(long number) {
                verified.addAndGet(number);
            }
        });
    }

    private StoredBlob put(String tenant, String content) throws IOException {
        return fixture.blobs().put(tenant, BlobFixture.stream(content), 1_000);
    }

    /** Does something before one of the blobs is opened, counted from 1. */
    private Blobs before(int which, Action action) {
        return opening(blob -> {
            if (opened.get() == which) {
                action.run();
            }
        });
    }

    /** Whose blobs of such hashes cannot be read. */
    private Blobs failing(Predicate<String> hashes) {
        return opening(blob -> {
            if (hashes.test(blob.hash())) {
                throw new AccessDeniedException("/a/path/that/is/nobodys/business");
            }
        });
    }

    private Blobs opening(Opening before) {
        Blobs blobs = fixture.blobs();
        return new Blobs() {
            @Override
            public StoredBlob put(String tenant, InputStream content, long maxSize) throws IOException {
                return blobs.put(tenant, content, maxSize);
            }

            @Override
            public StoredBlob putNamed(String tenant, String hash, InputStream content, long maxSize)
                    throws IOException {
                return blobs.putNamed(tenant, hash, content, maxSize);
            }

            @Override
            public java.util.Optional<StoredBlob> find(String tenant, String hash) throws IOException {
                return blobs.find(tenant, hash);
            }

            @Override
            public InputStream open(String tenant, StoredBlob blob) throws IOException {
                opened.incrementAndGet();
                before.open(blob);
                return blobs.open(tenant, blob);
            }
        };
    }

    private interface Opening {
        void open(StoredBlob blob) throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    @Test
    void contentOfEveryTenantIsReadAndItsDamageReported() throws Exception {
        for (int i = 0; i < 105; i++) {
            put("a-tenant", "whole " + i);
        }
        put("b-tenant", "whole");
        StoredBlob altered = fixture.put("altered");
        Files.writeString(fixture.file(altered), "ALTERED");

        JobResult result;
        try (LoggedLines log = LoggedLines.of(VerifyBlobs.class)) {
            result = job(fixture.blobs()).run();
            assertThat(log.lines())
                    .containsExactly(
                            "damaged content of tenant " + fixture.tenant + ": "
                                    + altered.hash().substring(0, 19) + "…, 7 bytes, content is not what was put",
                            "content of all tenants was read, to the end: 107 blobs of "
                                    + (10 * 7 + 90 * 8 + 5 * 9 + 5 + 7) + " bytes, 1 damaged, 0 unreadable");
        }

        assertThat(result).isEqualTo(new JobResult(107, 0));
        assertThat(verified).hasValue(107);
    }

    @Test
    void runThatIsInterruptedIsGoneOnWith() throws Exception {
        for (int i = 0; i < 150; i++) {
            put("a-tenant", "whole " + i);
        }
        put("b-tenant", "whole");
        VerifyBlobs job = job(before(120, () -> Thread.currentThread().interrupt()));

        JobResult first = job.run();

        assertThat(Thread.interrupted()).as("still told to stop").isTrue();
        assertThat(first.isUnfinished()).isTrue();
        assertThat(first.done()).as("to the last page that was read").isEqualTo(100);
        assertThat(job.run()).isEqualTo(new JobResult(51, 0));
        assertThat(job.run()).as("and then all again").isEqualTo(new JobResult(151, 0));
    }

    /** A sector of the disk, a permission: the next run would stop there as well. */
    @Test
    void blobThatCannotBeReadIsReportedAndAllOthersAreRead() throws Exception {
        for (int i = 0; i < 105; i++) {
            put("a-tenant", "whole " + i);
        }
        StoredBlob broken = put("b-tenant", "broken");
        put("b-tenant", "whole");
        Blobs blobs = failing(broken.hash()::equals);

        try (LoggedLines log = LoggedLines.of(VerifyBlobs.class)) {
            assertThat(job(blobs).run()).isEqualTo(new JobResult(107, 0));
            assertThat(log.lines())
                    .containsExactly(
                            "unreadable content of tenant b-tenant: "
                                    + broken.hash().substring(0, 19)
                                    + "…, 6 bytes, content cannot be read: AccessDeniedException",
                            "content of all tenants was read, to the end: 107 blobs of "
                                    + (10 * 7 + 90 * 8 + 5 * 9 + 6 + 5) + " bytes, 0 damaged, 1 unreadable");
        }
    }

    /** Then it is the store, and no use to ask it for all the rest. */
    @Test
    void runWhoseStoreFailsForManyInARowIsRecordedAsFailedAndGoneOnWithBehindThem() throws Exception {
        for (int i = 0; i < 150; i++) {
            put("a-tenant", "whole " + i);
        }
        AtomicBoolean isGone = new AtomicBoolean(true);
        VerifyBlobs job = job(failing(hash -> isGone.get() && opened.get() > 100));

        assertThatThrownBy(job::run).isInstanceOf(IOException.class);
        assertThat(opened).hasValue(110);
        isGone.set(false);
        assertThat(job.run()).isEqualTo(new JobResult(40, 0));
        assertThat(job.run()).as("and then all again").isEqualTo(new JobResult(150, 0));
    }

    @Test
    void runThatCouldReadNothingIsRecordedAsFailedHoweverFewThereAre() throws Exception {
        put("a-tenant", "one");
        put("b-tenant", "two");
        AtomicBoolean isGone = new AtomicBoolean(true);
        VerifyBlobs job = job(failing(hash -> isGone.get()));

        assertThatThrownBy(job::run).isInstanceOf(IOException.class);
        isGone.set(false);
        assertThat(job.run()).isEqualTo(new JobResult(2, 0));
    }

    @Test
    void thereIsNothingToReadWhereNothingIs() throws Exception {
        assertThat(job(fixture.blobs()).run()).isEqualTo(new JobResult(0, 0));
    }
}
