package dev.semel.documents.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.semel.Registry;
import dev.semel.TransactionBody;
import dev.semel.Transactions;
import dev.semel.UnavailableException;
import dev.semel.outbox.UsageSink;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import dev.semel.testkit.TestRelay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

/** What {@link Blobs} promises. */
@ExtendWith(PostgresExtension.class)
class TenantBlobsTest {
    private static final Duration MORE_THAN_GRACE = BlobFixture.GRACE.plusHours(1);

    private final BlobFixture fixture;

    TenantBlobsTest(TestDatabase database, @TempDir Path folder) {
        fixture = new BlobFixture(database, folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void contentComesBackUnderItsHash() throws Exception {
        StoredBlob blob = fixture.put("hello");

        assertThat(blob)
                .isEqualTo(
                        new StoredBlob("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", 5));
        assertThat(fixture.read(blob)).isEqualTo("hello");
        assertThat(fixture.read(fixture.put(""))).isEmpty();
    }

    @Test
    void equalContentIsOneBlobInATenantAndNotSharedWithAnother() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.put("hello");
        assertThat(fixture.rows()).hasSize(1).isEqualTo(fixture.places());

        try (BlobFixture other = new BlobFixture(fixture.database, fixture.folder)) {
            assertThatThrownBy(() -> other.read(blob)).isInstanceOf(DamagedBlobException.class);
            other.put("hello");
            assertThat(other.rows()).hasSize(1).doesNotContainAnyElementsOf(fixture.rows());
            assertThat(fixture.files()).hasSize(2);
        }
        assertThat(fixture.counts.damaged).hasValue(0);
    }

    @Test
    void contentThatIsTooLargeLeavesNothing() throws Exception {
        assertThatThrownBy(() -> fixture.blobs().put(fixture.tenant, BlobFixture.stream("hello"), 4))
                .isInstanceOf(BlobTooLargeException.class);

        assertThat(fixture.rows()).isEmpty();
        assertThat(fixture.files()).isEmpty();
        assertThat(fixture.blobs()
                        .put(fixture.tenant, BlobFixture.stream("hello"), 5)
                        .size())
                .isEqualTo(5);
    }

    @Test
    void bytesWithoutARowAreSweptAfterTheGracePeriodAndNotBefore() throws Exception {
        Transactions dead = failing(fixture.transactions, false);
        assertThatThrownBy(() -> fixture.blobs(fixture.files, dead).put(fixture.tenant, BlobFixture.stream("hello"), 5))
                .isInstanceOf(UnavailableException.class);
        assertThat(fixture.places()).hasSize(1);

        fixture.passTime(BlobFixture.GRACE.minusHours(1));
        fixture.sweep();
        assertThat(fixture.places()).hasSize(1);
        fixture.passTime(Duration.ofHours(2));
        assertThat(fixture.sweep().done()).isEqualTo(1);
        assertThat(fixture.places()).isEmpty();
    }

    @Test
    void bytesStayWhereTheAnswerOfTheCommitWasLost() throws Exception {
        Transactions dead = failing(fixture.transactions, true);
        assertThatThrownBy(() -> fixture.blobs(fixture.files, dead).put(fixture.tenant, BlobFixture.stream("hello"), 5))
                .isInstanceOf(UnavailableException.class);

        assertThat(fixture.read(fixture.put("hello"))).isEqualTo("hello");
        fixture.passTime(MORE_THAN_GRACE);
        fixture.sweep();
        assertThat(fixture.rows()).isEqualTo(fixture.places()).hasSize(1);
    }

    private static Transactions failing(Transactions transactions, boolean afterCommit) {
        return new Transactions() {
            @Override
            public <T> T run(TransactionBody<T> body) throws Exception {
                if (afterCommit) {
                    transactions.run(body);
                }
                throw new java.sql.SQLException("gone", "08006");
            }
        };
    }

    @Test
    void whatIsHeldIsNotCollectedBeforeItIsReleased() throws Exception {
        StoredBlob held = fixture.put("held");
        StoredBlob other = fixture.put("other");
        fixture.transactions.run(fixture.tenant, connection -> {
            fixture.holds().hold(fixture.tenant, "changeset:1", List.of(held.hash(), other.hash()));
            fixture.holds().hold(fixture.tenant, "changeset:1", List.of(held.hash()));
            fixture.holds().hold(fixture.tenant, "changeset:2", List.of(held.hash()));
            return null;
        });
        fixture.passTime(MORE_THAN_GRACE);
        assertThat(fixture.collect().done()).isZero();

        fixture.transactions.run(fixture.tenant, connection -> {
            fixture.holds().release(fixture.tenant, "changeset:1");
            return null;
        });
        assertThat(fixture.collect().done()).isEqualTo(1);
        fixture.deliver();
        assertThat(fixture.read(held)).isEqualTo("held");
        assertThatThrownBy(() -> fixture.read(other)).isInstanceOf(DamagedBlobException.class);
    }

    @Test
    void whatIsNotThereCannotBeHeld() {
        assertThatThrownBy(() -> fixture.transactions.run(fixture.tenant, connection -> {
                    fixture.holds().hold(fixture.tenant, "changeset:1", List.of("sha256:" + "0".repeat(64)));
                    return null;
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void whatNothingReferencesIsCollectedAfterTheGracePeriodAndItsBytesAfterTheCommit() throws Exception {
        fixture.put("unused");
        StoredBlob used = fixture.put("used");
        fixture.reference(used);

        fixture.collect();
        assertThat(fixture.rows()).hasSize(2);
        fixture.passTime(MORE_THAN_GRACE);
        assertThat(fixture.collect().done()).isEqualTo(1);
        assertThat(fixture.rows()).hasSize(1);
        assertThat(fixture.places()).as("until the relay has come").hasSize(2);
        fixture.deliver();
        assertThat(fixture.places()).isEqualTo(fixture.rows());
        assertThat(fixture.read(used)).isEqualTo("used");
    }

    @Test
    void collectionIsNoUsageOfItsTenant() throws Exception {
        fixture.put("unused");
        fixture.passTime(MORE_THAN_GRACE);
        assertThat(fixture.collect().done()).isEqualTo(1);

        Registry registry = fixture.semel(fixture.files).registry();
        try (TestRelay relay = TestRelay.of(fixture.database, UsageSink.subscription(registry))) {
            relay.drain();
        }

        assertThat(fixture.database.number(
                        "SELECT count(*) FROM semel.daily_usage WHERE tenant_id = '" + fixture.tenant + "'"))
                .isZero();
    }

    @Test
    void referencedContentStaysForEver() throws Exception {
        StoredBlob blob = fixture.put("used");
        fixture.reference(blob);

        for (int days = 0; days < 3; days++) {
            fixture.passTime(MORE_THAN_GRACE);
            fixture.collect();
            fixture.deliver();
            fixture.sweep();
        }

        assertThat(fixture.read(blob)).isEqualTo("used");
    }

    @Test
    void contentThatIsPutAgainStaysForAnotherGracePeriod() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.passTime(MORE_THAN_GRACE);
        fixture.put("hello");

        fixture.passTime(BlobFixture.GRACE.minusHours(1));
        fixture.collect();
        fixture.deliver();
        fixture.sweep();

        assertThat(fixture.read(blob)).isEqualTo("hello");
    }

    @Test
    void deletionThatComesLateMeetsNoLaterPut() throws Exception {
        fixture.put("hello");
        fixture.passTime(MORE_THAN_GRACE);
        fixture.collect();
        StoredBlob again = fixture.put("hello");

        fixture.deliver();

        assertThat(fixture.read(again)).isEqualTo("hello");
        assertThat(fixture.places()).isEqualTo(fixture.rows()).hasSize(1);
    }

    @Test
    void moreThanABatchIsCollectedAtOnce() throws Exception {
        for (int i = 0; i < 205; i++) {
            fixture.put("unused " + i);
        }
        fixture.passTime(MORE_THAN_GRACE);

        assertThat(fixture.collect().done()).isEqualTo(205);
        fixture.deliver();
        assertThat(fixture.places()).isEmpty();
    }

    @Test
    void referenceThatIsNotCommittedYetKeepsItsBlob() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.passTime(MORE_THAN_GRACE);

        fixture.transactions.run(fixture.tenant, connection -> {
            fixture.insertVersion(UUID.randomUUID(), blob);
            assertThat(inAnotherThread(() -> fixture.collect().done())).isEqualTo(0);
            return blob;
        });

        fixture.collect();
        assertThat(fixture.read(blob)).isEqualTo("hello");
    }

    @Test
    void putThatIsNotCommittedYetKeepsItsBlob() throws Exception {
        fixture.put("hello");
        fixture.passTime(MORE_THAN_GRACE);

        StoredBlob blob =
                duringCommitOfAPut(() -> assertThat(fixture.collect().done()).isEqualTo(0));

        fixture.collect();
        assertThat(fixture.read(blob)).isEqualTo("hello");
    }

    @Test
    void sweepWaitsOutAPutThatHasLookedAtItsClock() throws Exception {
        StoredBlob blob = duringCommitOfAPut(() -> {
            fixture.passTime(MORE_THAN_GRACE);
            fixture.sweep();
        });

        assertThat(fixture.read(blob)).isEqualTo("hello");
    }

    /** Stops a put between its last statement and its commit. */
    private StoredBlob duringCommitOfAPut(Work work) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Transactions stopping = new Transactions() {
            @Override
            public <T> T run(TransactionBody<T> body) throws Exception {
                return fixture.transactions.run(connection -> {
                    T result = body.run(connection);
                    arrived.countDown();
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    return result;
                });
            }
        };
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<StoredBlob> put = thread.submit(
                    () -> fixture.blobs(fixture.files, stopping).put(fixture.tenant, BlobFixture.stream("hello"), 5));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            work.run();
            goOn.countDown();
            return put.get(20, TimeUnit.SECONDS);
        } finally {
            goOn.countDown();
            thread.shutdownNow();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static <T> T inAnotherThread(java.util.concurrent.Callable<T> work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work).get(20, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void putThatTakesTooLongIsRefusedBeforeItsRowAndLeavesNothing() throws Exception {
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                fixture.clock.pass(BlobFixture.GRACE.dividedBy(2).plusMinutes(1));
                return -1;
            }
        };

        assertThatThrownBy(() -> fixture.blobs().put(fixture.tenant, slow, 5)).isInstanceOf(PutTooSlowException.class);

        assertThat(fixture.rows()).isEmpty();
        assertThat(fixture.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8_192, 100_000, 1_000_000})
    void alteredContentIsNeverHandedOutWhole(int size) throws Exception {
        StoredBlob blob = fixture.put("x".repeat(size));
        byte[] altered = Files.readAllBytes(fixture.file(blob));
        altered[size / 2]++;
        Files.write(fixture.file(blob), altered);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream input = fixture.blobs().open(fixture.tenant, blob)) {
            assertThatThrownBy(() -> input.transferTo(out)).isInstanceOf(DamagedBlobException.class);
        }

        assertThat(out.size()).isLessThan(size);
        assertThat(fixture.counts.damaged).hasValue(1);
    }

    @Test
    void alteredContentIsNotHandedOutWholeByteByByteOrToWhoSkipsEither() throws Exception {
        StoredBlob blob = fixture.put("hello");
        Files.writeString(fixture.file(blob), "hallo");

        try (InputStream input = fixture.blobs().open(fixture.tenant, blob)) {
            assertThat(input.skip(2)).isEqualTo(2);
            assertThat(input.read()).isEqualTo('l');
            assertThat(input.read()).isEqualTo('l');
            assertThat(catchThrowable(input::read)).isInstanceOf(DamagedBlobException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hell", "hello there", ""})
    void contentOfAnotherLengthIsFoundBeforeItsFirstByte(String instead) throws Exception {
        StoredBlob blob = fixture.put("hello");
        Files.writeString(fixture.file(blob), instead);

        assertThatThrownBy(() -> fixture.blobs().open(fixture.tenant, blob)).isInstanceOf(DamagedBlobException.class);
    }

    @Test
    void lostContentIsReportedAndWholeAgainAfterItIsPutAgain() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.reference(blob);
        Set<UUID> before = fixture.rows();
        Files.delete(fixture.file(blob));
        assertThatThrownBy(() -> fixture.read(blob)).isInstanceOf(DamagedBlobException.class);
        assertThat(fixture.counts.damaged).hasValue(1);

        fixture.put("hello");

        assertThat(fixture.read(blob)).isEqualTo("hello");
        assertThat(fixture.rows()).isEqualTo(fixture.places()).isNotEqualTo(before);
        assertThat(fixture.counts.mended).hasValue(1);
    }

    @Test
    void contentIsFoundOnlyWithAllOfItsBytesAndByItsTenant() throws Exception {
        StoredBlob blob = fixture.put("hello");
        TenantBlobs blobs = fixture.blobs();
        assertThat(blobs.find(fixture.tenant, blob.hash())).contains(blob);
        assertThat(blobs.find("other", blob.hash())).isEmpty();
        assertThat(blobs.find(fixture.tenant, "sha256:" + "0".repeat(64))).isEmpty();

        Files.writeString(fixture.file(blob), "hell");
        assertThat(blobs.find(fixture.tenant, blob.hash())).as("cut off").isEmpty();
        Files.delete(fixture.file(blob));
        assertThat(blobs.find(fixture.tenant, blob.hash())).as("lost").isEmpty();
        assertThat(fixture.counts.damaged).hasValue(2);

        fixture.put("hello");
        assertThat(blobs.find(fixture.tenant, blob.hash())).contains(blob);
    }

    @Test
    void contentThatWasFoundStaysForHalfTheGracePeriod() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.passTime(BlobFixture.GRACE.minusMinutes(1));

        assertThat(fixture.blobs().find(fixture.tenant, blob.hash())).contains(blob);
        fixture.passTime(BlobFixture.GRACE.dividedBy(2));
        assertThat(fixture.collect().done()).isZero();
        assertThat(fixture.read(blob)).isEqualTo("hello");

        fixture.passTime(MORE_THAN_GRACE);
        assertThat(fixture.collect().done()).isEqualTo(1);
        assertThat(fixture.blobs().find(fixture.tenant, blob.hash())).isEmpty();
    }

    @Test
    void alteredContentIsWholeAgainAfterItIsPutAgain() throws Exception {
        StoredBlob blob = fixture.put("hello");
        fixture.reference(blob);
        Files.writeString(fixture.file(blob), "jello");

        fixture.put("hello");

        assertThat(fixture.read(blob)).isEqualTo("hello");
        assertThat(fixture.counts.mended).hasValue(1);
    }

    @Test
    void storeThatCannotBeReachedIsNoDamage() throws Exception {
        StoredBlob blob = fixture.put("hello");
        Path file = fixture.file(blob);
        Path folder = file.getParent();
        Files.move(folder, folder.resolveSibling("away"));
        Files.createFile(folder);

        assertThatThrownBy(() -> fixture.read(blob))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedBlobException.class);
        assertThat(fixture.counts.damaged).hasValue(0);
    }

    @Test
    void hundredMebibytesFlowInBoundedMemory() throws Exception {
        long size = 100 << 20;
        long allocated = Allocation.of(() -> {
            StoredBlob blob = fixture.blobs().put(fixture.tenant, Allocation.content(size), size);
            try (InputStream content = fixture.blobs().open(fixture.tenant, blob)) {
                assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
            }
            return blob;
        });

        assertThat(allocated).isLessThan(8 << 20);
    }

    @Test
    void damageIsLoggedOnceForEachBlobByTheBeginningOfItsHash() throws Exception {
        StoredBlob blob = fixture.put("hello");
        StoredBlob other = fixture.put("other");
        Files.delete(fixture.file(blob));
        Files.delete(fixture.file(other));
        try (LoggedLines log = LoggedLines.of(DamageReports.class)) {
            TenantBlobs blobs = fixture.blobs();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> blobs.open(fixture.tenant, blob)).isInstanceOf(DamagedBlobException.class);
            }
            assertThatThrownBy(() -> blobs.open(fixture.tenant, other)).isInstanceOf(DamagedBlobException.class);

            assertThat(log.lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains(blob.hash().substring(0, 19))
                    .doesNotContain(blob.hash().substring(0, 20));
        }
        assertThat(fixture.counts.damaged).hasValue(4);
    }
}
