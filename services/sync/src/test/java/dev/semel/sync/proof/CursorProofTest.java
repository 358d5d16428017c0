package dev.semel.sync.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.sync.ProofEngine;
import dev.semel.sync.pull.ManifestPages;
import dev.semel.sync.scopes.NewScope;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.PostgresExtension;
import dev.semel.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The cursor under fire: writers whose transactions wait, fail after their number was drawn, and lose their connections; clients that
 * pull pages of any size and are restarted. Every client ends with main, having missed nothing and been told nothing twice. {@code
 * -Dsemel.test.syncCommits=200000} makes it a long one.
 */
@ExtendWith(PostgresExtension.class)
class CursorProofTest {
    private static final int COMMITS = Integer.getInteger("semel.test.syncCommits", 2_500);
    private static final int WRITERS = 16;
    private static final int PULLERS = 6;

    /** In a long run they leave more of the machine to the writers. */
    private static final int PAUSE_NANOS = COMMITS > 20_000 ? 60_000_000 : 8_000_000;

    private static final String SCOPE = "docs";

    private final TestDatabase database;
    private final List<ProofEngine> processes = new ArrayList<>();
    private final Caller caller = new Caller("tenant-cursor", "alice", "proof");

    CursorProofTest(TestDatabase database) {
        this.database = database;
        database.migrate("db/semel/documents", "semel_documents");
        database.migrate("db/semel/sync", "semel_sync");
    }

    @Test
    void everyClientEndsWithMainNothingLostNothingTwice() throws Exception {
        Weather weather = new Weather();
        try (ProofEngine calm = ProofEngine.on(database.uncheckedPool(2), new NoBlobs());
                ProofEngine reading = ProofEngine.on(database.uncheckedPool(4), new NoBlobs())) {
            DataSource rough = InterceptedDataSource.of(database.uncheckedPool(14), weather);
            calm.createScope(caller, new NewScope(SCOPE, "direct", null));
            AtomicInteger left = new AtomicInteger(COMMITS);
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<ProofWriter>> writers = new ArrayList<>();
            List<Future<ProofPuller>> pullers = new ArrayList<>();
            IntStream.range(0, WRITERS)
                    .mapToObj(number -> new ProofWriter(process(rough), caller, SCOPE, number, left))
                    .forEach(writer -> writers.add(threads.submit(writer, writer)));
            IntStream.range(0, PULLERS)
                    .mapToObj(number -> new ProofPuller(reading, caller.tenant(), SCOPE, number, PAUSE_NANOS, over))
                    .forEach(puller -> pullers.add(threads.submit(puller, puller)));
            Future<?> killer = threads.submit(new BackendKiller(database, over));
            int done = 0;
            int refused = 0;
            int tries = 0;
            for (Future<ProofWriter> writer : writers) {
                done += writer.get().done();
                refused += writer.get().refused();
                tries += writer.get().brokenTries();
            }
            over.set(true);
            killer.get();
            ManifestPages.Read main = calm.manifest(caller.tenant(), SCOPE);
            long restarts = 0;
            for (Future<ProofPuller> future : pullers) {
                ProofPuller puller = future.get();
                assertThat(puller.toldTwice()).isZero();
                assertThat(puller.entries()).containsExactlyElementsOf(main.items());
                assertThat(puller.manifestHash()).isEqualTo(main.hash());
                puller.checkpoints().forEach(this::assertCheckpointWasMain);
                restarts += puller.restarts();
            }
            threads.shutdown();
            processes.forEach(ProofEngine::close);

            assertThat(main.head()).isEqualTo(done).isGreaterThanOrEqualTo(COMMITS);
            assertThat(database.number("SELECT count(DISTINCT seq) FROM semel_sync.file_changes"))
                    .isEqualTo(done);
            assertThat(database.number("SELECT count(*) FROM semel_sync.changesets"))
                    .isEqualTo(done);
            // Otherwise there was no weather, and nothing is proved.
            assertThat(weather.rollbacks()).isPositive();
            assertThat(refused).isPositive();
            assertThat(tries).isPositive();
            assertThat(restarts).isPositive();
            System.out.printf(
                    "%d commits, %d refused, %d rolled back after their number, %d tries broken; %d pullers, %d"
                            + " restarts: 0 lost, 0 told twice%n",
                    done, refused, weather.rollbacks(), tries, PULLERS, restarts);
        }
    }

    /** Calls of one process wait in turn. Here they are to meet in the database. */
    private ProofEngine process(DataSource source) {
        ProofEngine process = ProofEngine.on(source, new NoBlobs());
        processes.add(process);
        return process;
    }

    /** Each checkpoint is main as it was at one of its changes, and not a mixture. */
    private void assertCheckpointWasMain(ProofPuller.Checkpoint checkpoint) {
        assertThat(database.number("""
            SELECT count(*) FROM (
                SELECT DISTINCT ON (file_id) file_id, version, deleted FROM semel_sync.file_changes
                WHERE seq <= HEAD ORDER BY file_id, seq DESC) AS state WHERE NOT deleted
            """.replace("HEAD", String.valueOf(checkpoint.head()))))
                .isEqualTo(checkpoint.live());
        assertThat(database.number("""
            SELECT coalesce(sum(version), 0) FROM (
                SELECT DISTINCT ON (file_id) version, deleted FROM semel_sync.file_changes
                WHERE seq <= HEAD ORDER BY file_id, seq DESC) AS state WHERE NOT deleted
            """.replace("HEAD", String.valueOf(checkpoint.head()))))
                .isEqualTo(checkpoint.versions());
    }
}
