package dev.semel.sync.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.ProofEngine;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.sync.retention.ForgetChanges;
import dev.semel.sync.retention.Forgetting;
import dev.semel.sync.scopes.NewScope;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * What is old is forgotten while files come, go and come back, and clients pull: whoever follows his cursor has main in the end, and whoever
 * cannot follow it is told so. Old is here what is thirty changes old.
 */
@ExtendWith(PostgresExtension.class)
class ForgettingRaceTest {
    private static final int COMMITS = Integer.getInteger("semel.test.syncForgotten", 800);
    private static final int KEPT = 30;
    private static final String SCOPE = "docs";

    private final TestDatabase database;
    private final Caller caller = new Caller("tenant-forgetting", "alice", "proof");

    ForgettingRaceTest(TestDatabase database) {
        this.database = database;
        database.migrate("db/semel/documents", "semel_documents");
        database.migrate("db/semel/sync", "semel_sync");
    }

    @Test
    void everyClientEndsWithMainOrIsToldToBeginAnew() throws Exception {
        DataSource pool = database.uncheckedPool(6);
        try (ProofEngine writing = ProofEngine.on(pool, new NoBlobs());
                ProofEngine reading = ProofEngine.on(database.uncheckedPool(4), new NoBlobs())) {
            writing.createScope(caller, new NewScope(SCOPE, "direct", null));
            AtomicInteger left = new AtomicInteger(COMMITS);
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService threads = Executors.newCachedThreadPool();
            List<ProofEngine> processes = new ArrayList<>();
            List<Future<?>> writers = new ArrayList<>();
            List<Future<ForgettingPuller>> pullers = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                // As many processes: calls of one would wait in turn, and not meet in the database.
                ProofEngine process = ProofEngine.on(pool, new NoBlobs());
                processes.add(process);
                writers.add(threads.submit(new ProofWriter(process, caller, SCOPE, number, left)));
            }
            for (int number = 0; number < 5; number++) {
                ForgettingPuller puller = new ForgettingPuller(reading, caller.tenant(), SCOPE, number, over);
                pullers.add(threads.submit(puller, puller));
            }
            Future<Long> forgetting = threads.submit(() -> forget(over));
            for (Future<?> writer : writers) {
                writer.get();
            }
            over.set(true);
            long forgotten = forgetting.get();
            ManifestPages.Read main = writing.manifest(caller.tenant(), SCOPE);
            int expired = 0;
            int betweenPages = 0;
            int followed = 0;
            for (Future<ForgettingPuller> future : pullers) {
                ForgettingPuller puller = future.get();
                assertThat(puller.entries()).containsExactlyElementsOf(main.items());
                expired += puller.expired();
                betweenPages += puller.expiredBetweenPages();
                followed += puller.followed();
            }
            threads.shutdown();
            processes.forEach(ProofEngine::close);
            assertNothingIsLeftThatNobodyNeeds();
            assertThat(forgotten).isPositive();
            assertThat(expired).isPositive();
            assertThat(followed).isPositive();
            System.out.printf(
                    "%d commits, %d rows forgotten meanwhile, %d cursors expired (%d between pages), %d deletions told: every"
                            + " client has main%n",
                    COMMITS, forgotten, expired, betweenPages, followed);
        }
    }

    private long forget(AtomicBoolean over) throws Exception {
        DataSource pool = database.uncheckedPool(1);
        ForgetChanges job = Forgetting.inBatches(
                new SpringTransactions(new JdbcTransactionManager(pool), pool),
                JdbcClient.create(pool),
                List.of(caller.tenant()),
                40);
        long rows = 0;
        while (!over.get()) {
            database.run("UPDATE semel_sync.file_changes SET changed_at = changed_at - interval '91 days' WHERE seq <="
                    + " (SELECT head FROM semel_sync.feeds WHERE feed = 'main') - " + KEPT
                    + " AND changed_at > now() - interval '90 days'");
            rows += job.run().done();
        }
        return rows;
    }

    private void assertNothingIsLeftThatNobodyNeeds() {
        assertThat(database.number("SELECT floor FROM semel_sync.feeds WHERE feed = 'main'"))
                .isPositive();
        assertThat(database.number("""
                SELECT count(*) FROM semel_sync.file_changes AS state, semel_sync.feeds AS feed
                WHERE feed.feed = 'main' AND state.seq < feed.floor
                  AND (state.deleted OR EXISTS (SELECT FROM semel_sync.file_changes AS later
                                                WHERE later.file_id = state.file_id AND later.seq > state.seq
                                                  AND later.seq <= feed.floor))
                """)).isZero();
        assertThat(database.number("""
                SELECT count(*) FROM semel_sync.files AS file
                WHERE file.deleted_at IS NULL AND NOT EXISTS (SELECT FROM semel_sync.file_changes AS state
                                  WHERE state.file_id = file.file_id AND state.version = file.version)
                """)).isZero();
    }
}
