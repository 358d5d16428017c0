package dev.semel.documents.blob;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Semel;
import dev.semel.Transactions;
import dev.semel.failpoint.Failpoints;
import dev.semel.jackson.JacksonCodec;
import dev.semel.maintenance.JobResult;
import dev.semel.maintenance.MaintenanceTransactions;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.testkit.TestDatabase;
import dev.semel.testkit.TestRelay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Blobs on a real database and in real files, with their jobs, put together as the server does it. */
final class BlobFixture implements AutoCloseable {
    static final Duration GRACE = Duration.ofHours(24);
    private static final BlobFailpoints NO_FAILPOINTS = new BlobFailpoints(Failpoints.disabled());
    private static final AtomicInteger COUNTER = new AtomicInteger();

    final TestDatabase database;
    final Path folder;
    final FileStore files;
    final SettableClock clock = new SettableClock();
    final Counts counts = new Counts();
    final Transactions transactions;
    final JdbcClient jdbc;
    final String tenant = "tenant-" + COUNTER.incrementAndGet();

    private final HikariDataSource pool;

    BlobFixture(TestDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
        files = open(folder);
        migrate(database);
        pool = database.pool(8);
        transactions = new SpringTransactions(new JdbcTransactionManager(pool), pool);
        jdbc = JdbcClient.create(pool);
    }

    private static FileStore open(Path folder) {
        try {
            return FileStore.in(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blobs' own migration, and what stands for the documents that reference them. */
    private static void migrate(TestDatabase database) {
        if (database.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'semel_documents'") == 0) {
            database.run("CREATE SCHEMA semel_documents;" + migration("V1__blobs") + """
                    ; CREATE TABLE semel_documents.document_versions (
                        tenant_id text, document_id uuid, version int, blob_hash text,
                        PRIMARY KEY (tenant_id, document_id, version),
                        FOREIGN KEY (tenant_id, blob_hash) REFERENCES semel_documents.blobs (tenant_id, hash));
                    CREATE INDEX ON semel_documents.document_versions (tenant_id, blob_hash);
                    GRANT SELECT, INSERT, DELETE ON semel_documents.document_versions TO semel_app;
                    CREATE TABLE semel_documents.documents ();
                    """
                    + migration("V3__managed_documents_and_holds"));
        }
    }

    private static String migration(String name) {
        try (InputStream sql = BlobTable.class.getResourceAsStream("/db/semel/documents/" + name + ".sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TenantBlobs blobs() {
        return blobs(files, transactions);
    }

    TenantBlobs blobs(ByteStore store, Transactions through) {
        return new TenantBlobs(
                store, new BlobRows(through, jdbc), GRACE, clock, new DamageReports(counts), NO_FAILPOINTS);
    }

    StoredBlob put(String content) throws IOException {
        return blobs().put(tenant, stream(content), 1_000_000);
    }

    static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    String read(StoredBlob blob) throws IOException {
        try (InputStream input = blobs().open(tenant, blob)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    BlobHolds holds() {
        return new BlobHolds(jdbc);
    }

    /** As a document's version does it. */
    UUID reference(StoredBlob blob) throws Exception {
        UUID document = UUID.randomUUID();
        transactions.run(tenant, connection -> insertVersion(document, blob));
        return document;
    }

    int insertVersion(UUID document, StoredBlob blob) {
        return jdbc.sql(
                        "INSERT INTO semel_documents.document_versions (tenant_id, document_id, version, blob_hash) VALUES (?, ?, 1, ?)")
                .params(tenant, document, blob.hash())
                .update();
    }

    Semel semel(ByteStore store) {
        return Semel.builder(transactions, JacksonCodec.ofDefaults())
                .handle(CollectBlobs.OPERATION, new CollectBlobs(new BlobTable(jdbc), GRACE))
                .build();
    }

    BlobCollector collector() {
        return new BlobCollector(
                semel(files),
                new BlobTenants(MaintenanceTransactions.of(pool)),
                new BlobRows(transactions, jdbc),
                GRACE,
                counts);
    }

    JobResult collect() throws Exception {
        return collector().run();
    }

    JobResult sweep() throws Exception {
        return sweep(files);
    }

    JobResult sweep(ByteStore store) throws Exception {
        return new SweepBlobs(store, new BlobRows(transactions, jdbc), GRACE, counts).run();
    }

    TestRelay relay(ByteStore store) {
        return TestRelay.of(database, new BlobDeletion(store, JacksonCodec.ofDefaults(), NO_FAILPOINTS).subscription());
    }

    void deliver() {
        try (TestRelay relay = relay(files)) {
            relay.drain();
        }
    }

    /** This machine's clock first, the store's last: in between a put is older than its bytes, never younger. */
    void passTime(Duration duration) {
        ageBlobs(duration);
        database.passTime(duration);
    }

    /** As {@link #passTime}, for the blobs only: may be called while there are writes. */
    void ageBlobs(Duration duration) {
        clock.pass(duration);
        database.run("UPDATE semel_documents.blobs SET put_at = put_at - interval '%d seconds' WHERE tenant_id = '%s'"
                .formatted(duration.toSeconds(), tenant));
        files().forEach(file -> age(file, duration));
    }

    private static void age(Path file, Duration duration) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            Files.setLastModifiedTime(file, FileTime.from(time.toInstant().minus(duration)));
        } catch (NoSuchFileException e) {
            // moved or deleted meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that vanish meanwhile are left out. */
    List<Path> files() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The ids of the places at which the tenant's bytes lie. */
    Set<UUID> places() throws Exception {
        Set<UUID> found = new HashSet<>();
        files.visitOlderThan(Duration.ofDays(-1), location -> found.add(location.id()));
        return found;
    }

    /** The ids of the places that the tenant's rows name. */
    Set<UUID> rows() {
        return Set.copyOf(JdbcClient.create(superuser())
                .sql("SELECT location FROM semel_documents.blobs WHERE tenant_id = ?")
                .param(tenant)
                .query(UUID.class)
                .list());
    }

    DataSource superuser() {
        var owner = database.owner();
        return new org.springframework.jdbc.datasource.DriverManagerDataSource(
                owner.jdbcUrl(), owner.user(), owner.password());
    }

    Path file(StoredBlob blob) {
        UUID location = JdbcClient.create(superuser())
                .sql("SELECT location FROM semel_documents.blobs WHERE tenant_id = ? AND hash = ?")
                .params(tenant, blob.hash())
                .query(UUID.class)
                .single();
        return files().stream()
                .filter(file -> file.endsWith(location.toString()))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing is left for the jobs of other tests. */
    @Override
    public void close() {
        pool.close();
        database.run(
                "TRUNCATE semel_documents.blobs, semel_documents.blob_holds, semel_documents.document_versions, semel.outbox_events");
    }

    /** What listeners were told. */
    static final class Counts implements BlobListener {
        final AtomicInteger damaged = new AtomicInteger();
        final AtomicInteger mended = new AtomicInteger();
        final AtomicInteger swept = new AtomicInteger();

        @Override
        public void damaged() {
            damaged.incrementAndGet();
        }

        @Override
        public void mended() {
            mended.incrementAndGet();
        }

        @Override
        public void swept(int number) {
            swept.addAndGet(number);
        }
    }
}
