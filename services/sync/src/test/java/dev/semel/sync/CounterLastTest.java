package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.lease.Lease;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Main's counter is taken by the last statement that waits for anybody: whoever holds it keeps all others of the scope waiting, and must not
 * wait himself. (Taken first, numbers would be right as well, so that only the order of the statements tells.)
 */
@ExtendWith(SyncExtension.class)
class CounterLastTest {
    private static final Pattern WAITS = Pattern.compile(
            "FOR (NO KEY )?UPDATE|FOR (KEY )?SHARE|pg_advisory_xact_lock|UPDATE semel_sync\\.(files|changesets|changeset_files)"
                    + "|INSERT INTO semel_sync\\.files|INTO semel_documents|UPDATE semel_documents");

    private final TestSync sync;
    private final Caller caller = TestSync.newCaller();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final DataSource watched;

    CounterLastTest(TestSync sync) {
        this.sync = sync;
        this.watched = InterceptedDataSource.of(sync.database().pool(2), new StatementHook() {
            @Override
            public void before(String sql) {
                statements.add(sql);
            }
        });
    }

    private void assertCounterLast() {
        List<String> all = List.copyOf(statements);
        int counter = -1;
        for (int i = 0; i < all.size(); i++) {
            counter = all.get(i).contains("UPDATE semel_sync.feeds SET head") && counter < 0 ? i : counter;
        }
        assertThat(counter).as("the counter is taken").isNotNegative();
        assertThat(all.subList(counter + 1, all.size()))
                .as("what comes behind the counter")
                .noneMatch(sql -> !sql.contains("INSERT INTO semel.")
                        && WAITS.matcher(sql).find());
        statements.clear();
    }

    @Test
    void ofPushes() {
        String scope = sync.scope(caller, "direct");
        try (SyncEngine engine = SyncEngine.on(watched, sync.blobs())) {
            engine.push(caller, TestSync.request(scope, newId(), put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B")));
            assertCounterLast();
            engine.push(caller, TestSync.request(scope, newId(), put("a", "b.md", 1, "A2"), delete("b", 1)));
            assertCounterLast();
        }
    }

    @Test
    void ofEdits() {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("edited", "a.md", 0, "A"));
        ArticlesEngine articles = ArticlesEngine.on(watched, sync.blobs());
        String jrn = "jrn:/global:docs:article/sync-edited";
        articles.put(caller, newKey(), jrn, null, new PutDoc("A2", 1L, "moved.md"));
        assertCounterLast();
        articles.delete(caller, newKey(), jrn, null);
        assertCounterLast();
    }

    /** The changeset's own row is locked long before, so nobody else is in the way of its last change. */
    @Test
    void ofPublishes() {
        String scope = sync.scope(caller, "reviewed");
        UUID id = Objects.requireNonNull(
                        sync.push(caller, scope, put("a", "a.md", 0, "A")).changeset())
                .id();
        String hash = sync.engine()
                .decide(
                        caller,
                        newKey(),
                        id,
                        null,
                        new NewDecisions(1, List.of(new FileDecision("a", "accept", null, null))))
                .result()
                .decisionsHash();
        try (SyncEngine engine = SyncEngine.on(watched, sync.blobs());
                Lease lease = sync.engine()
                        .reviewing()
                        .leases()
                        .tryAcquire(caller.tenant(), newId(), Duration.ofMinutes(5))
                        .orElseThrow()) {
            engine.publish(
                    caller, newKey(), id, new PublishRequest(null, 1, hash, null, null, null), new PublishLease(lease));
        }
        statements.removeIf(sql -> sql.contains("UPDATE semel_sync.changesets"));
        assertCounterLast();
    }
}
