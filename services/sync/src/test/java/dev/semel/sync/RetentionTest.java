package dev.semel.sync;

import static dev.semel.sync.Refusals.assertRefused;
import static dev.semel.sync.Refusals.results;
import static dev.semel.sync.TestSync.delete;
import static dev.semel.sync.TestSync.newId;
import static dev.semel.sync.TestSync.newKey;
import static dev.semel.sync.TestSync.put;
import static dev.semel.sync.TestSync.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.semel.Caller;
import dev.semel.Outcome;
import dev.semel.RejectedException;
import dev.semel.Transactions;
import dev.semel.maintenance.JobResult;
import dev.semel.spring.internal.SpringTransactions;
import dev.semel.sync.pull.PullAnswer;
import dev.semel.sync.push.PushAnswer;
import dev.semel.sync.push.PushRequest;
import dev.semel.sync.rebase.RevertChangeset;
import dev.semel.sync.retention.Forgetting;
import dev.semel.testkit.InterceptedDataSource;
import dev.semel.testkit.StatementHook;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is forgotten of main's log, and what is not. */
@ExtendWith(SyncExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTest {
    private final TestSync sync;
    private final DataSource pool;
    private final Transactions transactions;
    private Caller caller = TestSync.newCaller();
    private String scope = "";

    RetentionTest(TestSync sync) {
        this.sync = sync;
        this.pool = sync.database().pool(2);
        this.transactions = new SpringTransactions(new JdbcTransactionManager(pool), pool);
    }

    @BeforeEach
    void scope() {
        caller = TestSync.newCaller();
        scope = sync.scope(caller, "direct");
    }

    private void age(long through) {
        sync.asSuperuser("UPDATE semel_sync.file_changes SET changed_at = changed_at - interval '91 days' WHERE seq <= "
                + through + " AND changed_at > now() - interval '90 days' AND tenant_id = '" + caller.tenant() + "'");
    }

    private JobResult forget(int rows) {
        try {
            return Forgetting.inBatches(transactions, JdbcClient.create(pool), List.of(caller.tenant()), rows)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> log() {
        return sync.query(
                "SELECT seq || ' ' || file_id || ' ' || version || CASE WHEN deleted THEN ' deleted' ELSE '' END"
                        + " FROM semel_sync.file_changes WHERE tenant_id = ? AND scope = ? ORDER BY seq, ord",
                caller.tenant(),
                scope);
    }

    private List<String> files() {
        return sync.query(
                "SELECT file_id FROM semel_sync.files WHERE tenant_id = ? AND scope = ? ORDER BY file_id",
                caller.tenant(),
                scope);
    }

    private long floor() {
        return sync.pull(caller, scope, 0, 1).floor();
    }

    /** Six changes: a is edited, b is deleted, c comes and goes and comes back. */
    private void history() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"), put("b", "b.md", 0, "B"));
        sync.push(caller, scope, put("c", "c.md", 0, "C"));
        sync.push(caller, scope, put("a", "a.md", 1, "A2"), delete("c", 1));
        sync.push(caller, scope, delete("b", 1));
        sync.push(caller, scope, put("c", "c.md", 2, "C3"));
        sync.push(caller, scope, put("d", "d.md", 0, "D"));
    }

    @Test
    void whatNobodyNeedsIsForgottenAndMainStaysAsItWas() {
        history();
        String before = TestManifests.whole(sync, caller, scope, 10).hash();
        age(6);

        JobResult result = forget(2_000);

        assertThat(result.eligible()).isZero();
        assertThat(result.done()).isEqualTo(5);
        assertThat(log()).containsExactly("3 a 2", "5 c 3", "6 d 1");
        assertThat(files()).as("its number stays").contains("b");
        assertThat(floor()).isEqualTo(6);
        assertThat(TestManifests.whole(sync, caller, scope, 10).hash()).isEqualTo(before);
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md A2", "c 3 c.md C3", "d 1 d.md D");
        assertThat(forget(2_000).done()).isZero();
    }

    @Test
    void theFloorIsTheLastChangeThatIsOld() {
        history();
        age(3);
        forget(2_000);
        assertThat(floor()).isEqualTo(3);
        assertThat(log()).containsExactly("1 b 1", "3 a 2", "3 c 2 deleted", "4 b 2 deleted", "5 c 3", "6 d 1");
    }

    @Test
    void nothingYoungIsForgotten() {
        history();
        List<String> before = log();
        assertThat(forget(2_000).done()).isZero();
        assertThat(log()).isEqualTo(before);
        assertThat(floor()).isZero();
    }

    /** Whatever the size of the batches, they come to the same, and each of them gets on. */
    @Test
    void smallBatchesComeToTheSame() {
        history();
        age(6);
        forget(3);
        assertThat(log()).containsExactly("3 a 2", "5 c 3", "6 d 1");
        assertThat(floor()).isEqualTo(6);
    }

    @Test
    void cursorsBelowTheFloorAreExpiredAndOthersMissNothing() {
        List<String> cursors = new ArrayList<>();
        cursors.add(sync.pull(caller, scope, 0, 10).newCursor());
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        cursors.add(sync.pull(caller, scope, 0, 10).newCursor());
        sync.push(caller, scope, put("b", "b.md", 0, "B"));
        cursors.add(sync.pull(caller, scope, 0, 10).newCursor());
        sync.push(caller, scope, delete("a", 1));
        cursors.add(sync.pull(caller, scope, 0, 10).newCursor());
        sync.push(caller, scope, delete("b", 1));
        age(3);
        forget(2_000);
        assertThat(floor()).isEqualTo(3);
        cursors.subList(0, 3).forEach(this::assertStale);
        assertThat(sync.pull(caller, scope, cursors.get(3), 10).changes())
                .extracting(TestSync::line)
                .containsExactly("b 2 b.md ✗");

        sync.push(caller, scope, put("c", "c.md", 0, "C"));
        age(5);
        forget(2_000);
        assertThat(floor()).isEqualTo(5);
        cursors.forEach(this::assertStale);
        String later = sync.pull(caller, scope, 0, 10).newCursor();
        sync.push(caller, scope, delete("c", 1));
        forget(2_000);
        assertThat(sync.pull(caller, scope, later, 10).changes())
                .extracting(TestSync::line)
                .containsExactly("c 2 c.md ✗");
    }

    private void assertStale(String cursor) {
        assertThatThrownBy(() -> sync.pull(caller, scope, cursor, 10))
                .extracting(failure -> TestManifests.code((RuntimeException) failure))
                .isEqualTo("CURSOR_EXPIRED");
    }

    /** A client that begins has the floor behind it: what it has not seen of the log it does not need. */
    @Test
    void firstPullGoesOnAcrossTheFloorAndALaterOneDoesNot() {
        history();
        PullAnswer first = sync.pull(caller, scope, 0, 1);
        age(6);
        forget(2_000);
        List<String> seen =
                new ArrayList<>(first.changes().stream().map(TestSync::line).toList());
        PullAnswer page = first;
        while (page.hasMore()) {
            page = sync.pull(caller, scope, page.newCursor(), 1);
            page.changes().forEach(file -> seen.add(TestSync.line(file)));
        }
        assertThat(seen).contains("a 2 a.md A2", "c 3 c.md C3", "d 1 d.md D").doesNotHaveDuplicates();

        PullAnswer whole = sync.pull(caller, scope, 0, 10);
        sync.push(caller, scope, put("e", "e.md", 0, "E"), put("f", "f.md", 0, "F"));
        sync.push(caller, scope, delete("a", 2), delete("c", 3));
        PullAnswer half = sync.pull(caller, scope, whole.newCursor(), 1);
        assertThat(half.hasMore()).isTrue();
        sync.push(caller, scope, put("g", "g.md", 0, "G"));
        age(9);
        forget(2_000);
        assertStale(half.newCursor());
    }

    /** Pages of one checkpoint that ends below the floor: what was superseded since cannot be told any more. */
    @Test
    void firstPullThatEndsBelowTheFloorBeginsAnew() {
        history();
        PullAnswer first = sync.pull(caller, scope, 0, 1);
        sync.push(caller, scope, put("d", "d.md", 1, "D2"), put("a", "a.md", 2, "A3"));
        age(7);
        forget(2_000);
        assertStale(first.newCursor());
        assertThat(sync.main(caller, scope)).containsExactly("a 3 a.md A3", "c 3 c.md C3", "d 2 d.md D2");
    }

    @Test
    void manifestOfATimeThatIsForgottenBeginsAnew() {
        history();
        String next = TestManifests.firstPage(sync, caller, scope, 1);
        sync.push(caller, scope, put("a", "a.md", 2, "A3"));
        age(7);
        forget(2_000);
        assertThatThrownBy(() -> TestManifests.page(sync, caller, scope, 1, next))
                .extracting(failure -> TestManifests.code((RuntimeException) failure))
                .isEqualTo("CURSOR_EXPIRED");
    }

    /** Whatever statement fails: a batch is done with its floor, or not at all, and the next run comes to the end. */
    @Test
    void faultAtAnyStatementLeavesTheFloorWhereTheLogBegins() {
        history();
        age(6);
        List<String> before = log();
        int faults = 0;
        for (boolean failed = true; failed; faults++) {
            AtomicInteger left = new AtomicInteger(faults);
            DataSource failing = InterceptedDataSource.of(sync.database().pool(1), new StatementHook() {
                @Override
                public void before(String sql) throws SQLException {
                    if (left.getAndDecrement() == 0) {
                        throw new SQLException("broken on purpose", "XX000");
                    }
                }
            });
            failed = fails(failing);
            if (failed) {
                assertThat(log())
                        .as("after fault %d", faults)
                        .isEqualTo(floor() == 0 ? before : List.of("3 a 2", "5 c 3", "6 d 1"));
                assertThat(floor()).isIn(0L, 6L);
            }
        }
        assertThat(faults).isGreaterThan(6);
        assertThat(floor()).isEqualTo(6);
        assertThat(log()).containsExactly("3 a 2", "5 c 3", "6 d 1");
    }

    private boolean fails(DataSource source) {
        try {
            Forgetting.inBatches(
                            new SpringTransactions(new JdbcTransactionManager(source), source),
                            JdbcClient.create(source),
                            List.of(caller.tenant()),
                            2_000)
                    .run();
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    /** The second belt: whatever the job would ask for. */
    @Test
    void databaseKeepsWhatIsNotBelowTheFloor() throws Exception {
        history();
        age(3);
        forget(2_000);
        List<String> before = log();
        JdbcClient jdbc = JdbcClient.create(pool);
        int changes = transactions.run(
                caller.tenant(),
                connection -> jdbc.sql("DELETE FROM semel_sync.file_changes WHERE tenant_id = ? AND seq >= 3")
                        .param(caller.tenant())
                        .update());
        assertThat(changes).isZero();
        assertThat(log()).isEqualTo(before);
    }

    @Test
    void lateRetryOfAForgottenPushIsStillAnsweredAndDoesNothing() {
        PushRequest asked = request(scope, newId(), put("a", "a.md", 0, "A"));
        sync.engine().push(caller, asked);
        sync.push(caller, scope, delete("a", 1));
        sync.push(caller, scope, put("b", "b.md", 0, "B"));
        age(3);
        forget(2_000);
        sync.forgetKeys(caller);

        Outcome<PushAnswer> again = sync.engine().push(caller, asked);

        assertThat(again).isInstanceOf(Outcome.Replayed.class);
        assertThat(again.result().mainHead()).isEqualTo(3);
        assertThat(sync.main(caller, scope)).containsExactly("b 1 b.md B");
    }

    /** Without what was before, a file that was edited would be deleted. */
    @Test
    void whatIsForgottenIsNotTakenBack() {
        sync.push(caller, scope, put("a", "a.md", 0, "A"));
        PushAnswer second = sync.push(caller, scope, put("a", "a.md", 1, "A2"));
        age(2);
        forget(2_000);
        assertRefused(
                "CHANGES_FORGOTTEN",
                () -> sync.engine()
                        .revert(
                                caller,
                                newKey(),
                                Objects.requireNonNull(second.changeset()).id(),
                                new RevertChangeset(null)));
        assertThat(sync.main(caller, scope)).containsExactly("a 2 a.md A2");
    }

    /** Nobody's old base is ever the next one's: the number goes on, and who makes the file anew is told it. */
    @Test
    void numberOfAForgottenFileIsNotGivenAgain() {
        sync.push(caller, scope, put("a", "a.md", 0, "first life"));
        sync.push(caller, scope, delete("a", 1));
        sync.push(caller, scope, put("b", "b.md", 0, "B"));
        age(3);
        forget(2_000);
        assertThat(sync.main(caller, scope)).containsExactly("b 1 b.md B");

        RejectedException refused = assertRefused(
                "BASE_VERSION_CONFLICT", () -> sync.push(caller, scope, put("a", "a.md", 0, "second life")));
        assertThat(results(refused)).containsExactly("a conflict 2");
        sync.push(caller, scope, put("a", "a.md", 2, "second life"));
        assertRefused("BASE_VERSION_CONFLICT", () -> sync.push(caller, scope, put("a", "a.md", 1, "edited")));
        assertThat(sync.main(caller, scope)).contains("a 3 a.md second life");
    }

    /** The step and the row of a scope that is behind are one tenant's own: two scopes do not touch each other. */
    @Test
    void scopesAreForgottenEachByItself() {
        history();
        String first = scope;
        scope = sync.scope(caller, "direct");
        sync.push(caller, scope, put("a", "a.md", 0, "other"));
        age(6);
        forget(2_000);
        TreeMap<String, Long> floors = new TreeMap<>();
        floors.put("first", sync.pull(caller, first, 0, 1).floor());
        floors.put("second", floor());
        assertThat(floors).containsEntry("first", 6L).containsEntry("second", 1L);
        assertThat(sync.main(caller, scope)).containsExactly("a 1 a.md other");
    }
}
