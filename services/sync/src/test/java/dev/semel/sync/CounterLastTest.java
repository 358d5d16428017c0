package dev.semel.sync;

import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.semel.Caller;
import dev.semel.Outcome;
import dev.semel.lease.Lease;
import dev.semel.sync.articles.PutDoc;
import dev.semel.sync.changesets.FileDecision;
import dev.semel.sync.changesets.NewDecisions;
import dev.semel.sync.publish.PublishLease;
import dev.semel.sync.publish.PublishRequest;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushRequest;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A counter is taken by the last statement that waits for anybody: whoever holds it keeps all others of the scope waiting, and must not
 * wait himself. Who takes both counters takes main's first. (Taken first, numbers would be right as well, so that only the order of the
 * statements tells.)
 */
@ExtendWith(SyncExtension.class)
class CounterLastTest {
    private static final Pattern WAITS = Pattern.compile(
            "FOR (NO KEY )?UPDATE|FOR (KEY )?SHARE|pg_advisory_xact_lock|UPDATE semel_sync\\.(feeds|files|changesets|changeset_files)"
                    + "|INSERT INTO semel_sync\\.(files|changesets|changeset_revisions|changeset_files)"
                    + "|INTO semel_documents|UPDATE semel_documents");

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

    private static boolean isCounter(String sql) {
        return sql.contains("UPDATE semel_sync.feeds SET head");
    }

    private static boolean waits(String sql) {
        return !sql.contains("INSERT INTO semel.") && WAITS.matcher(sql).find();
    }

    /** @param numbers that the write takes of its counters */
    private void assertCounterLast(int numbers) {
        List<String> all = List.copyOf(statements);
        List<String> fromCounter = all.stream()
                .dropWhile(sql -> !isCounter(sql))
                .filter(CounterLastTest::waits)
                .toList();
        assertThat(fromCounter).as("from the counter on").hasSize(numbers).allMatch(CounterLastTest::isCounter);
        statements.clear();
    }

    @Test
    void ofPushes() {
        String scope = sync.scope(caller, "direct");
        try (SyncEngine engine = SyncEngine.on(watched, sync.blobs())) {
            engine.push(caller, TestSync.request(scope, newId(), put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B")));
            assertCounterLast(1);
            engine.push(caller, TestSync.request(scope, newId(), put("a", "b.md", 1, "A2"), delete("b", 1)));
            assertCounterLast(1);
        }
    }

    @Test
    void ofEdits() {
        String scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("edited", "a.md", 0, "A"));
        ArticlesEngine articles = ArticlesEngine.on(watched, sync.blobs());
        String jrn = "jrn:/global:docs:article/sync-edited";
        articles.put(caller, newKey(), jrn, null, new PutDoc("A2", 1L, "moved.md"));
        assertCounterLast(1);
        articles.delete(caller, newKey(), jrn, null);
        assertCounterLast(1);
    }

    /** A proposal, its next revision, and one that takes another's place: that notes what has become of both. */
    @Test
    void ofProposals() {
        String scope = sync.scope(caller, "reviewed");
        try (SyncEngine engine = SyncEngine.on(watched, sync.blobs())) {
            UUID first = proposed(engine.push(caller, TestSync.request(scope, newId(), put("a", "a.md", 0, "A"))));
            assertCounterLast(1);
            engine.push(caller, proposal(scope, first, null));
            assertCounterLast(1);
            UUID second = proposed(engine.push(caller, proposal(scope, null, first)));
            assertCounterLast(2);
            engine.decide(caller, newKey(), second, null, new NewDecisions(1, List.of(ACCEPTED)));
            assertCounterLast(1);
            engine.rebase(caller, newKey(), second);
            assertCounterLast(1);
            engine.withdraw(caller, newKey(), second);
            assertCounterLast(1);
        }
        assertThat(sync.query(
                        "SELECT event FROM semel_sync.changeset_changes WHERE tenant_id = ? ORDER BY seq",
                        caller.tenant()))
                .containsExactly("pushed", "pushed", "superseded", "pushed", "decided", "rebased", "withdrawn");
    }

    private static final FileDecision ACCEPTED = new FileDecision("a", "accept", null, null);

    private static UUID proposed(Outcome<PushAnswer> push) {
        return Objects.requireNonNull(push.result().changeset()).id();
    }

    private static PushRequest proposal(String scope, @Nullable UUID revised, @Nullable UUID superseded) {
        return new PushRequest(
                scope, newId(), null, null, List.of(put("a", "a.md", 0, "A2")), null, null, revised, superseded);
    }

    /** The changeset's own row is locked long before, so nobody else is in the way of its last change. */
    @Test
    void ofPublishes() {
        String scope = sync.scope(caller, "reviewed");
        UUID id = Objects.requireNonNull(
                        sync.push(caller, scope, put("a", "a.md", 0, "A")).changeset())
                .id();
        String hash = sync.engine()
                .decide(caller, newKey(), id, null, new NewDecisions(1, List.of(ACCEPTED)))
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
        assertCounterLast(2);
    }
}
