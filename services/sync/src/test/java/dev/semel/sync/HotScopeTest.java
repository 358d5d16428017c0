package dev.semel.sync;

import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.semel.Caller;
import dev.semel.RejectedException;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many write to one scope, file or changeset: they leave the pool's connections to the others. */
@ExtendWith(SyncExtension.class)
class HotScopeTest {
    private static final int WRITERS = 64;
    private static final String PATHS =
            "SELECT pg_advisory_xact_lock(hashtextextended('semel_sync paths ' || ? || '/' || ?, 0))";
    private static final String FILE =
            "SELECT 1 FROM semel_sync.files WHERE tenant_id = ? AND file_id = ? FOR NO KEY UPDATE";
    private static final String CHANGESET =
            "SELECT 1 FROM semel_sync.changesets WHERE tenant_id = ? AND id::text = ? FOR NO KEY UPDATE";

    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private final Caller other = TestSync.newCaller();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HikariDataSource pool;
    private final SyncEngine engine;
    private final ArticlesEngine articles;

    HotScopeTest(TestSync sync) {
        this.sync = sync;
        pool = sync.database().pool(3);
        engine = SyncEngine.on(pool, sync.blobs());
        articles = ArticlesEngine.on(pool, sync.blobs());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        engine.close();
        pool.close();
    }

    /** Who holds what they all wait for is another process. */
    private void assertOneConnection(String lock, String name, IntConsumer write) throws Exception {
        String theirs = sync.scope(other, "direct");
        List<Future<?>> writes = new ArrayList<>();
        try (Connection elsewhere = sync.database().uncheckedPool(1).getConnection()) {
            elsewhere.setAutoCommit(false);
            lock(elsewhere, lock, name);
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writes.add(threads.submit(() -> patiently(write, writer)));
            }
            awaitQueue();

            for (int i = 0; i < 5; i++) {
                engine.push(other, request(theirs, newId(), put("f" + i, "f" + i + ".md", 0, "theirs")));
            }
            assertThat(pool.getHikariPoolMXBean().getActiveConnections())
                    .as("of all who wait for the hot one")
                    .isEqualTo(1);
            elsewhere.rollback();
        }
        for (Future<?> done : writes) {
            done.get(60, TimeUnit.SECONDS);
        }
    }

    private void lock(Connection elsewhere, String lock, String name) throws SQLException {
        try (PreparedStatement tenant = elsewhere.prepareStatement("SELECT set_config('semel.tenant', ?, true)");
                PreparedStatement statement = elsewhere.prepareStatement(lock)) {
            tenant.setString(1, caller.tenant());
            tenant.execute();
            statement.setString(1, caller.tenant());
            statement.setString(2, name);
            statement.execute();
        }
    }

    /** On a busy machine the one that waits for the paths may be sent away. */
    private static void patiently(IntConsumer write, int writer) {
        while (true) {
            try {
                write.accept(writer);
                return;
            } catch (RejectedException e) {
                if (!e.code().equals("PATHS_BUSY")) {
                    throw e;
                }
            }
        }
    }

    /** One waits for the lock; the others for their turn, or for a connection where there are none to be had. */
    private void awaitQueue() throws InterruptedException {
        for (int i = 0; i < 2_000 && waitingForTheLock() == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(waitingForTheLock()).isEqualTo(1);
    }

    private int waitingForTheLock() {
        return sync.query(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .size();
    }

    @Test
    void pushesThatGivePathsInOneScope() throws Exception {
        String scope = sync.scope(caller, "direct");

        assertOneConnection(
                PATHS,
                scope,
                writer -> engine.push(
                        caller, request(scope, "hot-" + writer, put("h" + writer, "h" + writer + ".md", 0, "hot"))));

        assertThat(sync.main(caller, scope)).hasSize(WRITERS);
    }

    /** Which of them are conflicts does not matter. */
    @Test
    void pushesToOneFile() throws Exception {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("hot-pushed", "hot.md", 0, "hot"));

        assertOneConnection(FILE, "hot-pushed", writer -> {
            try {
                engine.push(caller, request(scope, "hot-" + writer, put("hot-pushed", "hot.md", 1, "by " + writer)));
            } catch (RejectedException e) {
                assertThat(e.code()).isEqualTo("BASE_VERSION_CONFLICT");
            }
        });

        assertThat(sync.main(caller, scope)).hasSize(1).first().asString().startsWith("hot-pushed 2 hot.md by ");
    }

    @Test
    void editsOfOneFile() throws Exception {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("hot-edited", "hot.md", 0, "hot"));
        String jrn = "jrn:/global:docs:article/sync-hot-edited";

        assertOneConnection(
                FILE,
                "hot-edited",
                writer -> articles.put(caller, newKey(), jrn, "*", new PutDoc("by " + writer, null, null)));

        assertThat(sync.main(caller, scope))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("hot-edited " + (1 + WRITERS) + " hot.md by ");
    }

    /** Different files, each to a new path. */
    @Test
    void movesByEditsInOneScope() throws Exception {
        String scope = sync.scope(caller, "direct");
        for (int i = 0; i < WRITERS; i++) {
            sync.push(caller, scope, put("m" + i, "m" + i + ".md", 0, "here"));
        }

        assertOneConnection(
                PATHS,
                scope,
                writer -> articles.put(
                        caller,
                        newKey(),
                        "jrn:/global:docs:article/sync-m" + writer,
                        "*",
                        new PutDoc("there", null, "there/m" + writer + ".md")));

        assertThat(sync.main(caller, scope))
                .hasSize(WRITERS)
                .allSatisfy(line -> assertThat(line).contains(" 2 there/m"));
    }

    @Test
    void decisionsOnOneChangeset() throws Exception {
        UUID id = Objects.requireNonNull(sync.push(caller, sync.scope(caller, "reviewed"), put("a", "a.md", 0, "A"))
                        .changeset())
                .id();
        NewDecisions accept = new NewDecisions(1, List.of(new FileDecision("a", "accept", null, null)));

        assertOneConnection(CHANGESET, id.toString(), writer -> engine.decide(caller, newKey(), id, null, accept));

        assertThat(sync.query("SELECT decision_version FROM semel_sync.changesets WHERE id = '" + id + "'"))
                .containsExactly(String.valueOf(WRITERS));
    }
}
